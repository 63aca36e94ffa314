namespace Autocoder.Web.Presence;

/// <summary>One open page of the browser, for as long as its circuit lives.</summary>
public sealed class Viewer
{
    /// <summary>Tells it from all others.</summary>
    public Guid Id { get; } = Guid.CreateVersion7();
}
