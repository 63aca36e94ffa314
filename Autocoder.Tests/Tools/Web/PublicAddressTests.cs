using System.Net;
using System.Net.Sockets;
using Autocoder.Core.Tools;
using Autocoder.Core.Tools.Web;
using FsCheck;
using FsCheck.Fluent;

namespace Autocoder.Tests.Tools.Web;

/// <summary>Which addresses are of the public internet, in every way in which they can be written.</summary>
public sealed class PublicAddressTests
{
    // Loopback, in forms that programs read differently.
    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.0.0.1.")]
    [InlineData("127.255.255.254")]
    [InlineData("127.1")]
    [InlineData("127.0.1")]
    [InlineData("2130706433")]
    [InlineData("0x7f000001")]
    [InlineData("0x7f.0.0.1")]
    [InlineData("0x7f.1")]
    [InlineData("0177.0.0.1")]
    [InlineData("017700000001")]
    [InlineData("[::1]")]
    [InlineData("[0:0:0:0:0:0:0:1]")]
    [InlineData("[::ffff:127.0.0.1]")]
    [InlineData("[::ffff:7f00:1]")]
    [InlineData("[0:0:0:0:0:ffff:127.0.0.1]")]
    [InlineData("[::127.0.0.1]")]
    [InlineData("[64:ff9b::127.0.0.1]")]
    [InlineData("[64:ff9b::7f00:1]")]
    [InlineData("[2002:7f00:1::]")]

    // This machine, whichever way.
    [InlineData("0.0.0.0")]
    [InlineData("0")]
    [InlineData("0.1.2.3")]
    [InlineData("[::]")]
    [InlineData("[::ffff:0.0.0.0]")]

    // Private networks.
    [InlineData("10.0.0.1")]
    [InlineData("10.255.255.255")]
    [InlineData("012.0.0.1")]
    [InlineData("167772161")]
    [InlineData("172.16.0.1")]
    [InlineData("172.31.255.255")]
    [InlineData("192.168.1.1")]
    [InlineData("0xc0a80101")]
    [InlineData("[::ffff:10.0.0.1]")]
    [InlineData("[fc00::1]")]
    [InlineData("[fd12:3456:789a::1]")]
    [InlineData("[fec0::1]")]
    [InlineData("[64:ff9b::192.168.1.1]")]
    [InlineData("[64:ff9b:1::1]")]

    // What is between provider and house, and what benchmarks and papers use.
    [InlineData("100.64.0.1")]
    [InlineData("100.127.255.255")]
    [InlineData("198.18.0.1")]
    [InlineData("198.19.255.255")]
    [InlineData("192.0.0.8")]
    [InlineData("192.0.2.1")]
    [InlineData("198.51.100.1")]
    [InlineData("203.0.113.1")]
    [InlineData("192.88.99.1")]
    [InlineData("[2001:db8::1]")]
    [InlineData("[3fff::1]")]
    [InlineData("[100::1]")]
    [InlineData("[2001::1]")]

    // What the machines of clouds are told their secrets by.
    [InlineData("169.254.169.254")]
    [InlineData("2852039166")]
    [InlineData("0xa9fea9fe")]
    [InlineData("0251.0376.0251.0376")]
    [InlineData("[::ffff:169.254.169.254]")]
    [InlineData("[64:ff9b::a9fe:a9fe]")]
    [InlineData("169.254.170.2")]
    [InlineData("168.63.129.16")]
    [InlineData("100.100.100.200")]
    [InlineData("192.0.0.192")]
    [InlineData("[fd00:ec2::254]")]
    [InlineData("[fe80::1]")]
    [InlineData("[fe80::a9fe:a9fe]")]

    // Many at once, and reserved.
    [InlineData("224.0.0.1")]
    [InlineData("239.255.255.255")]
    [InlineData("240.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("[ff02::1]")]
    [InlineData("[ff0e::1]")]
    public async Task An_address_that_is_not_public_is_not_connected_to_however_it_is_written(string host)
    {
        // Only what is no number anywhere is looked up; such a name leads to this machine, as the worst resolver would have it.
        var fetcher = new WebFetcher(PublicAddress.Is, (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Loopback]), TimeProvider.System);

        var refusal = await Assert.ThrowsAsync<ToolRefusalException>(() => fetcher.GetAsync(WebAddress.Parse($"http://{host}:9/"), CancellationToken.None));

        Assert.Contains("is not on the public internet", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1.1.1.1")]
    [InlineData("8.8.8.8")]
    [InlineData("100.63.255.255")]
    [InlineData("100.128.0.0")]
    [InlineData("126.255.255.255")]
    [InlineData("128.0.0.1")]
    [InlineData("169.253.255.255")]
    [InlineData("172.15.255.255")]
    [InlineData("172.32.0.0")]
    [InlineData("192.167.255.255")]
    [InlineData("198.17.255.255")]
    [InlineData("198.20.0.0")]
    [InlineData("223.255.255.255")]
    [InlineData("168.63.129.15")]
    [InlineData("2606:4700:4700::1111")]
    [InlineData("2a00:1450:4001:80b::200e")]
    [InlineData("64:ff9b::1.1.1.1")]
    public void An_address_beside_those_is_public(string address) => Assert.True(PublicAddress.Is(IPAddress.Parse(address)));

    [Fact]
    public void An_address_with_a_scope_is_of_this_network() =>
        Assert.False(PublicAddress.Is(new IPAddress(IPAddress.Parse("2606:4700::1").GetAddressBytes(), scopeid: 2)));

    [Fact]
    public void Of_IPv4_a_second_reading_of_the_registry_says_the_same()
    {
        // The first numbers that matter come often enough to be met.
        var bytes =
            from first in Gen.OneOf(Gen.Elements(0, 10, 100, 127, 168, 169, 172, 192, 198, 203, 224, 240, 255), Gen.Choose(0, 255))
            from second in Gen.OneOf(Gen.Elements(0, 2, 16, 18, 31, 51, 63, 64, 88, 127, 168, 254), Gen.Choose(0, 255))
            from third in Gen.OneOf(Gen.Elements(0, 2, 99, 100, 113, 129), Gen.Choose(0, 255))
            from fourth in Gen.OneOf(Gen.Elements(0, 16, 255), Gen.Choose(0, 255))
            select (byte[])[(byte)first, (byte)second, (byte)third, (byte)fourth];

        Prop.ForAll(bytes.ToArbitrary(), b => PublicAddress.Is(new IPAddress(b)) == IsPublic(b)).Check(Config.QuickThrowOnFailure.WithMaxTest(20_000));
    }

    [Fact]
    public void Of_IPv6_nothing_is_public_but_what_was_given_to_the_public()
    {
        var bytes =
            from first in Gen.OneOf(Gen.Elements(0x00, 0x20, 0x26, 0x2a, 0x3f, 0xfc, 0xfd, 0xfe, 0xff), Gen.Choose(0, 255))
            from rest in Gen.Choose(0, 255).ArrayOf(15)
            select (byte[])[(byte)first, .. rest.Select(value => (byte)value)];

        Prop.ForAll(bytes.ToArbitrary(), b => !PublicAddress.Is(new IPAddress(b)) || (b[0] & 0xE0) == 0x20 || b[0] == 0x00)
            .Check(Config.QuickThrowOnFailure.WithMaxTest(5_000));
        Prop.ForAll(Gen.Choose(0, 255).ArrayOf(4).ToArbitrary(), v4 =>
        {
            var inside = new IPAddress([.. v4.Select(value => (byte)value)]);
            return !PublicAddress.Is(inside.MapToIPv6()) && inside.AddressFamily is AddressFamily.InterNetwork;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));
    }

    private static bool IsPublic(byte[] b) => !(
        b[0] is 0 or 10 or 127 or >= 224
        || (b[0] == 100 && b[1] is >= 64 and <= 127)
        || (b[0] == 168 && b[1] == 63 && b[2] == 129 && b[3] == 16)
        || (b[0] == 169 && b[1] == 254)
        || (b[0] == 172 && b[1] is >= 16 and <= 31)
        || (b[0] == 192 && (b[1] == 168 || (b[1] == 0 && b[2] is 0 or 2) || (b[1] == 88 && b[2] == 99)))
        || (b[0] == 198 && (b[1] is 18 or 19 || (b[1] == 51 && b[2] == 100)))
        || (b[0] == 203 && b[1] == 0 && b[2] == 113));
}
