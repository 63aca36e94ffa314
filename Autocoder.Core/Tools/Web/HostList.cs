using System.Text.RegularExpressions;

namespace Autocoder.Core.Tools.Web;

/// <summary>Hosts as a person lists them. Pure.</summary>
internal static partial class HostList
{
    private static readonly char[] Between = [',', ';', ' ', '\t', '\n', '\r'];

    /// <summary>Whether a host is in the list. An empty list has every host in it.</summary>
    /// <param name="hosts">As <see cref="WebFetchOptions.Hosts"/>.</param>
    /// <param name="host">As <see cref="WebAddress.HostOf"/> names it.</param>
    public static bool Contains(string hosts, string host)
    {
        var listed = Split(hosts);
        return listed.Length == 0 || listed.Any(entry => entry.StartsWith("*.", StringComparison.Ordinal)
            ? host.Length > entry.Length - 1 && host.EndsWith(entry[1..], StringComparison.OrdinalIgnoreCase)
            : host.Equals(entry, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>What is wrong with a list, in words; null when nothing is.</summary>
    public static string? FindProblem(string hosts) => Split(hosts).FirstOrDefault(entry => !Entry().IsMatch(entry)) is { } wrong
        ? $"has “{ToolText.Line(wrong, 100)}”, which is no host. Write names like docs.rs or *.microsoft.com, without https:// and paths."
        : null;

    private static string[] Split(string hosts) => hosts.Split(Between, StringSplitOptions.RemoveEmptyEntries);

    [GeneratedRegex(@"\A(\*\.)?[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*(:[0-9]{1,5})?\z")]
    private static partial Regex Entry();
}
