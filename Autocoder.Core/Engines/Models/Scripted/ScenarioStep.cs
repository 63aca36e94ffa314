using Autocoder.Core.Conversations;
using Autocoder.Core.Tools;

namespace Autocoder.Core.Engines.Models.Scripted;

/// <summary>One answer of the scripted model.</summary>
/// <param name="Thinking">Streamed before the text; empty for none.</param>
/// <param name="Text">With its repetitions; empty for none.</param>
/// <param name="Delay">Waited before the first piece.</param>
/// <param name="Tools">Asked for together, after the text.</param>
/// <param name="Error">Breaks the answer off after its text and before its tools; null for none.</param>
/// <param name="Retry">Failures that pass, before anything else; null for none.</param>
public sealed record ScenarioStep(
    string Thinking,
    string Text,
    ScenarioDelta Delta,
    TimeSpan Delay,
    IReadOnlyList<ToolCall> Tools,
    string Stop,
    TokenUsage Usage,
    ScenarioError? Error,
    ScenarioRetry? Retry = null);
