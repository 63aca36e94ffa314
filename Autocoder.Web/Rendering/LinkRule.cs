namespace Autocoder.Web.Rendering;

/// <summary>Which addresses in untrusted text may become links.</summary>
public static class LinkRule
{
    /// <summary>Whether an address may be followed. Judged on the raw string: what a URI parser makes of it is not what a browser makes of it.</summary>
    public static bool Allows(string? url)
    {
        const int Longest = 4096;
        if (string.IsNullOrEmpty(url) || url.Length > Longest)
        {
            return false;
        }

        for (var at = 0; at < url.Length; at++)
        {
            if (url[at] <= ' ' || url[at] is '\\' or '<' or '>' or '"' || char.IsWhiteSpace(url[at])
                || VisibleText.IsHidden(url, at, out _))
            {
                return false;
            }
        }

        if (url.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase))
        {
            return url.IndexOf('@', StringComparison.Ordinal) > "mailto:".Length;
        }

        // A name before the host is only ever used to mislead: https://bank.test@evil.test/.
        return (url.StartsWith("https://", StringComparison.OrdinalIgnoreCase) || url.StartsWith("http://", StringComparison.OrdinalIgnoreCase))
            && Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Host.Length > 0 && uri.UserInfo.Length == 0;
    }

    /// <summary>The host to show beside a link whose own words name, or may be mistaken for, another place; null when that is not so.</summary>
    public static string? HostToShow(string url, string label)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Host.Length == 0)
        {
            return null;
        }

        var host = uri.IdnHost;
        if (label.Contains(host, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var looksLikeAddress = label.Contains("://", StringComparison.Ordinal) || HasInnerDot(label);
        return looksLikeAddress || label.Any(character => character > 0x7f) ? host : null;
    }

    private static bool HasInnerDot(string label)
    {
        for (var at = 1; at + 1 < label.Length; at++)
        {
            if (label[at] == '.' && char.IsLetterOrDigit(label[at - 1]) && char.IsLetterOrDigit(label[at + 1]))
            {
                return true;
            }
        }

        return false;
    }
}
