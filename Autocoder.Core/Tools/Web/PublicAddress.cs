using System.Net;
using System.Net.Sockets;

namespace Autocoder.Core.Tools.Web;

/// <summary>Tells addresses of the public internet from those of this machine, its networks and its cloud. Pure.</summary>
/// <remarks>
/// By the registries of special addresses (https://www.iana.org/assignments/iana-ipv4-special-registry and iana-ipv6-special-registry):
/// of IPv6 only what is assigned to the public is let through, so that what is invented later is refused until somebody looks at it.
/// </remarks>
internal static class PublicAddress
{
    private static readonly IPNetwork[] RefusedV4 =
    [
        .. ((string[])[
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
            "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",

            // Azure's own host, which answers every machine there, is in a public range.
            "168.63.129.16/32",
        ]).Select(IPNetwork.Parse),
    ];

    private static readonly IPNetwork Global = IPNetwork.Parse("2000::/3");

    // Special purposes (Teredo among them), documentation, and 6to4, which carries an IPv4 address of any kind.
    private static readonly IPNetwork[] RefusedV6 = [.. ((string[])["2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"]).Select(IPNetwork.Parse)];

    // Networks without IPv4 reach all of it through these.
    private static readonly IPNetwork Nat64 = IPNetwork.Parse("64:ff9b::/96");

    /// <summary>Whether it belongs to the public internet.</summary>
    public static bool Is(IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        if (address.AddressFamily is AddressFamily.InterNetwork)
        {
            return !RefusedV4.Any(network => network.Contains(address));
        }

        if (address.AddressFamily is not AddressFamily.InterNetworkV6 || address.ScopeId != 0 || address.IsIPv4MappedToIPv6)
        {
            return false;
        }

        return Nat64.Contains(address)
            ? Is(new IPAddress(address.GetAddressBytes().AsSpan(12)))
            : Global.Contains(address) && !RefusedV6.Any(network => network.Contains(address));
    }
}
