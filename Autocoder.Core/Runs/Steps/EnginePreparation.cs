using Autocoder.Core.Profiles;
using Autocoder.Core.Tools;

namespace Autocoder.Core.Runs.Steps;

/// <summary>What a run was prepared with.</summary>
internal sealed record EnginePreparation(Profile Profile, ToolExecutor Tools);
