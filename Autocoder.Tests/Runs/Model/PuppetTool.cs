using System.Collections.Concurrent;
using System.Text.Json;
using Autocoder.Core.Conversations;
using Autocoder.Core.Tools;

namespace Autocoder.Tests.Runs.Model;

/// <summary>A tool whose calls return when told. It takes the name of a real one, so that profiles know it.</summary>
internal sealed class PuppetTool(string name, ConcurrentDictionary<string, TaskCompletionSource<ToolResult>> calls) : ITool
{
    /// <summary>The one that listens to its token.</summary>
    public const string Listening = "Read";

    /// <summary>The one that does not.</summary>
    public const string Stubborn = "Glob";

    /// <summary>The one a person must allow; it returns at once.</summary>
    public const string Guarded = "Write";

    public ToolDefinition Definition { get; } = new(
        name, "A puppet.", new ToolSchema().Build(), name == Guarded ? ToolEffect.SideEffect : ToolEffect.ReadOnly);

    public string Describe(JsonElement arguments) => "Do as told";

    public Task<ToolResult> ExecuteAsync(JsonElement arguments, ToolContext context, CancellationToken cancellationToken) =>
        name == Guarded ? Task.FromResult(new ToolResult("done")) : calls[context.CallId].Task.WaitAsync(name == Stubborn ? CancellationToken.None : cancellationToken);
}
