using Autocoder.Core.Persistence.Conversations;
using Microsoft.Extensions.Hosting;

namespace Autocoder.Core.Persistence.Startup;

/// <summary>Makes the database ready before anything else starts, and closes it after everything else has stopped.</summary>
internal sealed class StorageService(DatabaseStartup startup, ProjectionRebuild projections) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await startup.PrepareAsync(cancellationToken).ConfigureAwait(false);
        await projections.RunIfNeededAsync(cancellationToken).ConfigureAwait(false);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
