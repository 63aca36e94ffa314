using Microsoft.AspNetCore.Components.Server.Circuits;

namespace Autocoder.Web.Presence;

/// <summary>Notices when the browser of a page is no longer there, long before its circuit is given up.</summary>
internal sealed class ViewerCircuit(Viewer viewer, ConversationPresence presence) : CircuitHandler
{
    public override Task OnConnectionUpAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        presence.SetAway(viewer.Id, isAway: false);
        return Task.CompletedTask;
    }

    public override Task OnConnectionDownAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        presence.SetAway(viewer.Id, isAway: true);
        return Task.CompletedTask;
    }

    public override Task OnCircuitClosedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        presence.Forget(viewer.Id);
        return Task.CompletedTask;
    }
}
