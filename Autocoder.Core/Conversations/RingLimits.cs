namespace Autocoder.Core.Conversations;

/// <summary>How much of a conversation's newest part is kept in memory; whichever limit is reached first counts.</summary>
/// <param name="Events">The most events.</param>
/// <param name="Bytes">The most bytes of their stored form.</param>
internal sealed record RingLimits(int Events, int Bytes)
{
    public static RingLimits Default { get; } = new(512, 1024 * 1024);
}
