using System.Globalization;

namespace Autocoder.Core.Conversations;

/// <summary>A place in a conversation: everything up to and including <paramref name="Sequence"/> was seen.</summary>
/// <param name="Epoch">Changes when history was rewritten, by a restore for example; a cursor of another epoch has expired.</param>
public readonly record struct LogCursor(int Epoch, long Sequence)
{
    private const string Prefix = "v1";

    /// <summary>The epoch of a conversation whose history was never rewritten.</summary>
    public const int FirstEpoch = 1;

    /// <summary>Before the first event.</summary>
    public static LogCursor Start { get; } = new(FirstEpoch, 0);

    /// <summary>The form clients keep, for example <c>v1.1.1042</c>. They treat it as opaque.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Prefix}.{Epoch}.{Sequence}");

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    public static bool TryParse(string? text, out LogCursor cursor)
    {
        cursor = default;
        var parts = text?.Split('.');
        if (parts is not [Prefix, var epochText, var sequenceText]
            || !int.TryParse(epochText, NumberStyles.None, CultureInfo.InvariantCulture, out var epoch)
            || !long.TryParse(sequenceText, NumberStyles.None, CultureInfo.InvariantCulture, out var sequence))
        {
            return false;
        }

        cursor = new LogCursor(epoch, sequence);
        return true;
    }
}
