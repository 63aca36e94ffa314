namespace Autocoder.Web.Components.Parts;

/// <summary>The few states everything on the pages is in, always with the same word, sign and colour.</summary>
public enum Status
{
    Idle, Running, NeedsYou, Queued, Waiting, Stalled, Failed, Interrupted, Stopped, Done, Warning,
}
