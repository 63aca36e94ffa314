using System.Globalization;

namespace Autocoder.Web.Components.Layout;

/// <summary>Where an address leads: the URL is the state of the page.</summary>
/// <param name="Project">The name of the project; null outside projects.</param>
/// <param name="Surface"><c>spec</c>, <c>assistant</c> or <c>console</c>; null elsewhere.</param>
public sealed record Place(string? Project, string? Surface)
{
    /// <summary>Reads the part of an address after the base.</summary>
    public static Place Of(string relative)
    {
        ArgumentNullException.ThrowIfNull(relative);
        var parts = relative.Split(['?', '#'], 2)[0].Split('/', StringSplitOptions.RemoveEmptyEntries);
        return parts is ["projects", var name, ..]
            ? new Place(Uri.UnescapeDataString(name), parts.Length > 2 ? parts[2] : null)
            : new Place(null, null);
    }

    /// <summary>The event an address asks for; null for anything that is none.</summary>
    public static long? EventIn(string? at) =>
        long.TryParse(at, NumberStyles.None, CultureInfo.InvariantCulture, out var sequence) && sequence > 0 ? sequence : null;

    /// <summary>The address of a surface of a project.</summary>
    /// <param name="at">The event to open it at; null for the end.</param>
    public static string Address(string project, string surface, Guid? conversationId = null, long? at = null) =>
        $"projects/{Uri.EscapeDataString(project)}/{surface}" + (conversationId is { } id ? $"/{id}" : "")
        + (at is { } sequence ? string.Create(CultureInfo.InvariantCulture, $"?at={sequence}") : "");
}
