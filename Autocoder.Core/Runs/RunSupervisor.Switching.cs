namespace Autocoder.Core.Runs;

/// <content>What a conversation is driven by.</content>
public sealed partial class RunSupervisor
{
    /// <summary>Gives a conversation another profile: its next run has it, and a run at work from its next model call on.</summary>
    /// <exception cref="ArgumentException">There is no such profile for this surface; the message says so in words for the person.</exception>
    public Task SwitchProfileAsync(Guid conversationId, string profileId, CancellationToken cancellationToken) => _services.Writer.AppendAsync(
        conversationId, state => _services.Rules.SwitchProfile(state, profileId), cancellationToken);

    /// <summary>Gives a conversation another engine: its next run has it; a run at work ends with the one it began with.</summary>
    /// <param name="engine">Its name, with its variant after a colon; null for whatever is configured.</param>
    /// <exception cref="ArgumentException">There is no such engine; the message says so in words for the person.</exception>
    public Task SwitchEngineAsync(Guid conversationId, string? engine, CancellationToken cancellationToken) => _services.Writer.AppendAsync(
        conversationId, state => _services.Rules.SwitchEngine(state, engine), cancellationToken);
}
