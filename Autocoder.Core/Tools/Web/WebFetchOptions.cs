namespace Autocoder.Core.Tools.Web;

/// <summary>Whether and where agents may fetch pages. Bound to <see cref="SectionName"/> of the configuration.</summary>
public sealed class WebFetchOptions
{
    /// <summary>The section of the configuration.</summary>
    public const string SectionName = "Autocoder:WebFetch";

    /// <summary>Whether the tool is there at all. A person is still asked for each host.</summary>
    public bool Enabled { get; set; }

    /// <summary>
    /// The only hosts there are for it, by comma or space: <c>docs.rs</c>, <c>*.microsoft.com</c> for all below it, <c>host:8443</c> for
    /// another port than the usual ones. Empty for any public host.
    /// </summary>
    public string Hosts { get; set; } = "";
}
