using System.Collections.Concurrent;
using Autocoder.Core.Processes;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Autocoder.Core.Engines.ClaudeCode;

/// <summary>The live processes: at most one for a conversation, kept a while between prompts, and none after the server.</summary>
internal sealed partial class CliSessions(
    CliProgram cli, ChildProcesses processes, IOptionsMonitor<ClaudeCodeOptions> options, TimeProvider clock, ILogger<CliSession> logger) : IHostedService
{
    private static readonly TimeSpan TimeToClose = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<Guid, CliSession> _live = new();
    private readonly ConcurrentDictionary<Guid, ITimer> _idle = new();

    /// <summary>How many processes are live.</summary>
    public int Count => _live.Count;

    /// <summary>The process of a conversation; null when none is live.</summary>
    public CliSession? Find(Guid conversationId) => _live.GetValueOrDefault(conversationId);

    /// <summary>Takes the live process of a conversation, if it fits; ends one that does not.</summary>
    public async Task<CliSession?> TakeAsync(Guid conversationId, CliLaunch launch)
    {
        if (_idle.TryRemove(conversationId, out var timer))
        {
            await timer.DisposeAsync().ConfigureAwait(false);
            if (_live.TryGetValue(conversationId, out var kept) && !kept.IsEnded && kept.Launch.IsSameAs(launch))
            {
                kept.Drain();
                return kept;
            }
        }

        // Also one that an earlier run has left at work: two processes on one session would lose a part of it.
        if (_live.TryRemove(conversationId, out var unfit))
        {
            await unfit.CloseAsync(TimeToClose).ConfigureAwait(false);
        }

        return null;
    }

    /// <summary>Starts a process.</summary>
    /// <exception cref="CliStartException">It ended or said nothing in time.</exception>
    /// <exception cref="System.ComponentModel.Win32Exception">It cannot be started.</exception>
    public async Task<CliSession> StartAsync(
        Guid conversationId, string program, CliLaunch launch, string? resume, CancellationToken cancellationToken)
    {
        var session = await CliSession.StartAsync(processes, cli, program, launch, resume, logger, cancellationToken).ConfigureAwait(false);
        _live[conversationId] = session;
        return session;
    }

    /// <summary>Gives a process back after a turn that ended well; it is closed when nothing comes for a while.</summary>
    public void Keep(Guid conversationId)
    {
        var timer = clock.CreateTimer(_ => CloseIdle(conversationId), state: null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _idle[conversationId] = timer;
        timer.Change(options.CurrentValue.IdleTimeout, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Ends the process of a conversation.</summary>
    public async Task EndAsync(Guid conversationId, CliSession session)
    {
        _live.TryRemove(KeyValuePair.Create(conversationId, session));
        await session.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>Ends whatever process a conversation has, kept or at work.</summary>
    public async Task EndAsync(Guid conversationId)
    {
        if (_idle.TryRemove(conversationId, out var timer))
        {
            await timer.DisposeAsync().ConfigureAwait(false);
        }

        if (_live.TryRemove(conversationId, out var session))
        {
            await session.CloseAsync(TimeToClose).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            // Nothing uses it yet: what an earlier server's processes have left there is of no use to anybody.
            if (Directory.Exists(cli.TemporaryFolder))
            {
                Directory.Delete(cli.TemporaryFolder, recursive: true);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It costs a little room until the next start.
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        foreach (var timer in _idle.Values)
        {
            await timer.DisposeAsync().ConfigureAwait(false);
        }

        _idle.Clear();
        await Task.WhenAll(_live.Values.Select(session => session.CloseAsync(TimeToClose))).ConfigureAwait(false);
        _live.Clear();
    }

    private void CloseIdle(Guid conversationId)
    {
        if (_idle.TryRemove(conversationId, out var timer))
        {
            timer.Dispose();
            if (_live.TryRemove(conversationId, out var session))
            {
                _ = CloseAsync(session);
            }
        }
    }

    private async Task CloseAsync(CliSession session)
    {
        try
        {
            await session.CloseAsync(TimeToClose).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            // Nobody waits for it; the next start looks for what is left.
            LogNotClosed(exception, session.ProcessId);
        }
    }

    [LoggerMessage(LogLevel.Error, "Process {Id} of Claude Code could not be closed.")]
    private partial void LogNotClosed(Exception exception, int id);
}
