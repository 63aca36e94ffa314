namespace Autocoder.Core.Engines;

/// <summary>What drives a run. One instance serves all runs; it keeps nothing of one in fields.</summary>
public interface IAgentEngine
{
    /// <summary>What people are told about it.</summary>
    EngineDescription Description { get; }

    /// <summary>Runs one prompt to its end.</summary>
    /// <remarks>
    /// Each event is committed before the next is asked for, so what comes after a <c>yield</c> happens after the commit.
    /// Tools are used only through <see cref="EngineRequest.Tools"/>, after the text before them was completed.
    /// The stream must end soon after cancellation; a run does not wait for ever.
    /// </remarks>
    /// <exception cref="EngineException">The engine cannot go on; its message is shown to the person.</exception>
    IAsyncEnumerable<EngineEvent> RunAsync(EngineRequest request, CancellationToken cancellationToken);

    /// <summary>Removes what the engine keeps of a deleted conversation outside the log. Never throws for a disk that refuses; a repeat tries again.</summary>
    Task ForgetAsync(Guid conversationId, CancellationToken cancellationToken) => Task.CompletedTask;
}
