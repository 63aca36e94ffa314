using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Events;
using Autocoder.Core.Projects;

namespace Autocoder.Core.Tools.Permissions;

/// <summary>What every checked call passes before it starts: the rules, and a person where they say so.</summary>
internal sealed class ToolGate(IToolPermissions permissions, IToolRun run, ProjectFolder folder)
{
    private const int MaxCommentLength = 20_000;

    /// <summary>Decides about a call, and waits for a person if need be.</summary>
    /// <exception cref="OperationCanceledException">The run was stopped, perhaps by the answer.</exception>
    public async Task<Passage> EnterAsync(ITool tool, ToolCall call, CancellationToken cancellationToken)
    {
        try
        {
            var resources = tool.ResourcesOf(call.Arguments, folder);
            var decision = await DecideAsync(tool, resources, cancellationToken).ConfigureAwait(false);
            return decision.Effect switch
            {
                PermissionEffect.Allow => Passage.Free,
                PermissionEffect.Deny => Denied(decision),
                _ => await AskAsync(tool, call, resources, decision, cancellationToken).ConfigureAwait(false),
            };
        }
        catch (Exception exception) when (exception is ProjectFileException or ToolRefusalException)
        {
            return new Passage(exception.Message, Hash: null);
        }
    }

    /// <summary>Lets a call through that a person has approved, if it is still the same and nothing has come to deny it.</summary>
    /// <param name="approved">The hash that was approved.</param>
    public async Task<Passage> EnterApprovedAsync(ITool tool, ToolCall call, string approved, CancellationToken cancellationToken)
    {
        try
        {
            var hash = HashOf(tool, call);
            if (hash != approved)
            {
                return new Passage("This is no longer what was approved: its arguments or the project's folder are different. Nothing was done.", Hash: null);
            }

            var decision = await DecideAsync(tool, tool.ResourcesOf(call.Arguments, folder), cancellationToken).ConfigureAwait(false);
            return decision.Effect is PermissionEffect.Deny ? Denied(decision) : new Passage(Refusal: null, hash);
        }
        catch (Exception exception) when (exception is ProjectFileException or ToolRefusalException)
        {
            return new Passage(exception.Message, Hash: null);
        }
    }

    /// <summary>What a model is told of a person's no.</summary>
    public static string Rejected(string? comment) =>
        $"The person did not allow this; nothing was done. They said: {ToolText.Head(comment ?? "", MaxCommentLength)}";

    private async Task<Passage> AskAsync(
        ITool tool, ToolCall call, IReadOnlyList<ToolResource> resources, PermissionDecision decision, CancellationToken cancellationToken)
    {
        var name = tool.Definition.Name;
        var request = new ApprovalRequested(
            Guid.CreateVersion7(), call.CallId, ApprovalSubject.ToolCall, ToolText.Line(tool.Describe(call.Arguments), Tool.MaxTitleLength),
            decision.Reason, HashOf(tool, call), PermissionPolicy.AlwaysFor(name, resources));
        var resolved = await run.ApproveAsync(request, cancellationToken).ConfigureAwait(false);
        return resolved.Outcome switch
        {
            ApprovalOutcome.AllowedOnce or ApprovalOutcome.AllowedForConversation or ApprovalOutcome.AllowedForProject =>
                await EnterApprovedAsync(tool, call, request.Hash, cancellationToken).ConfigureAwait(false),
            ApprovalOutcome.RejectedWithComment => new Passage(Rejected(resolved.Comment), Hash: null),
            _ => throw new OperationCanceledException("The run ended before the call was allowed."),
        };
    }

    private Task<PermissionDecision> DecideAsync(ITool tool, IReadOnlyList<ToolResource> resources, CancellationToken cancellationToken) =>
        permissions.DecideAsync(tool.Definition.Name, tool.Definition.Effect, resources, cancellationToken);

    private string HashOf(ITool tool, ToolCall call) => CallHash.Of(tool.Definition.Name, call.Arguments, folder.Root);

    private static Passage Denied(PermissionDecision decision) => new(
        $"This is not allowed. {decision.Reason} Nothing was done. Do not try to reach the same in another way.", Hash: null);

    /// <summary>Whether a call may start.</summary>
    /// <param name="Refusal">Why it may not, in words; null when it may.</param>
    /// <param name="Hash">Of what may start; null where no approval was needed.</param>
    internal sealed record Passage(string? Refusal, string? Hash)
    {
        public static Passage Free { get; } = new(null, null);
    }
}
