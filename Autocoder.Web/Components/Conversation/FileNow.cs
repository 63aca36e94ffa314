namespace Autocoder.Web.Components.Conversation;

/// <summary>A file of the project as it is on the disk, or was.</summary>
/// <param name="Text">What it holds; null when it is not there, or cannot be shown.</param>
/// <param name="Problem">Why it cannot be shown; null when it can, and when there is no such file.</param>
public sealed record FileNow(string? Text, string? Problem = null)
{
    /// <summary>Largest content that is compared on a page, in bytes.</summary>
    public const int MostShown = 1024 * 1024;

    /// <summary>What a kept content is on a page.</summary>
    /// <param name="kept">Its text; null when it is gone.</param>
    public static FileNow Of(string? kept) => kept switch
    {
        null => new FileNow(null, "What it held is no longer kept."),
        _ when kept.Contains('\0', StringComparison.Ordinal) => new FileNow(null, "What it held is no text, so it cannot be shown."),
        _ => new FileNow(kept),
    };
}
