namespace Autocoder.Core.Tools.Web;

/// <summary>Addresses that can be fetched. Pure.</summary>
internal static class WebAddress
{
    /// <summary>The most characters of an address.</summary>
    public const int MaxLength = 2_048;

    /// <summary>Reads an address; what comes after <c>#</c> is for browsers and left out.</summary>
    /// <exception cref="ToolRefusalException">It is none, or one that is never fetched.</exception>
    public static Uri Parse(string text)
    {
        if (text.Length > MaxLength || text.Any(char.IsControl) || !Uri.TryCreate(text.Trim(), UriKind.Absolute, out var address))
        {
            throw new ToolRefusalException($"This is no whole address of at most {MaxLength:N0} characters, such as https://docs.rs/serde. Nothing was fetched.");
        }

        return FindProblem(address) is { } problem
            ? throw new ToolRefusalException($"{problem} Nothing was fetched.")
            : new UriBuilder(address) { Fragment = "" }.Uri;
    }

    /// <summary>Why an address is never fetched, in words; null when it may be.</summary>
    public static string? FindProblem(Uri address) =>
        address.Scheme is not ("http" or "https") ? "Only http:// and https:// can be fetched."
        : address.UserInfo.Length > 0 ? "An address with a name or password in it is not fetched."
        : address.IdnHost.Length == 0 ? "The address names no host."
        : null;

    /// <summary>The host as rules and lists name it: in small letters, <c>xn--</c> for other scripts, with its port where that is not the usual one.</summary>
    public static string HostOf(Uri address)
    {
        var host = address.IdnHost.TrimEnd('.').ToLowerInvariant();
        host = address.HostNameType is UriHostNameType.IPv6 ? $"[{host}]" : host;
        return address.IsDefaultPort ? host : $"{host}:{address.Port}";
    }
}
