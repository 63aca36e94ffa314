using Autocoder.Core.Persistence;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Autocoder.Web.Hosting;

/// <summary>Says where to look once the pages can be opened: one line, and nothing else.</summary>
public sealed class ReadyLine(IServer server, DataDirectory directory, IHostApplicationLifetime lifetime) : IHostedService
{
    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        lifetime.ApplicationStarted.Register(() =>
        {
            var address = server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? "an unknown address";
            Console.WriteLine($"Autocoder is ready: {address}  (data in {directory.Root})");
        });
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
