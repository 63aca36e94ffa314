using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Autocoder.Core.Attachments;
using Autocoder.Core.Conversations;
using Autocoder.Tests.TestSupport;
using FsCheck;
using FsCheck.Fluent;

namespace Autocoder.Tests.Attachments;

/// <summary>P15: what is attached is decided by the bytes as they are, and what it is called can only ever be shown.</summary>
public sealed class AttachmentIntakeProperties : IDisposable
{
    private const int MiB = 1024 * 1024;

    private static readonly string[] NameParts =
        ["a", "Ünï", "😀", ".txt", ".png", ".cs", "..", "/", "\\", "\n", "\r\n", "\0", "\u001b[31m", "\u202e", "\u200b", " ", ".", "C:", "etc/passwd", "\ud800", new('x', 120)];

    // Around the limits, decoded; and between three quarters of the limit and all of it, where base64 would be over it.
    private static readonly int[] PictureSizes = [0, 0, 0, 0, 0, (15 * MiB / 4) + 1, (5 * MiB) - 1, 5 * MiB, (5 * MiB) + 1];

    private static readonly int[] TextSizes = [1, 2, 1000, MiB - 1, MiB, MiB + 1, 6 * MiB];

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_file_is_accepted_exactly_when_its_bytes_and_what_is_there_already_allow_it()
    {
        var intake = new AttachmentIntake(new BlobStore(_folder["blobs"]));
        Prop.ForAll(Offers().ToArbitrary(), offer => CheckAsync(intake, offer).GetAwaiter().GetResult())
            .Check(Config.QuickThrowOnFailure.WithMaxTest(2_500));
    }

    private static async Task CheckAsync(AttachmentIntake intake, Offer offer)
    {
        using var content = new MemoryStream(offer.Bytes);
        var result = await intake.AcceptAsync(offer.Name, content, offer.Already, CancellationToken.None);

        var expected = MediaTypeOf(offer);
        Assert.True(expected is not null == result.IsAccepted, $"{offer} was {(result.IsAccepted ? "accepted" : result.Refusal)}");
        if (!result.IsAccepted)
        {
            Assert.DoesNotContain(result.Refusal, char.IsControl);
            return;
        }

        CheckName(result.Accepted.Name);
        Assert.Equal(
            (expected, offer.Bytes.LongLength, Convert.ToHexStringLower(SHA256.HashData(offer.Bytes))),
            (result.Accepted.MediaType, result.Accepted.Length, result.Accepted.BlobHash));
        Assert.Equal(result, await intake.FindAsync(offer.Name, result.Accepted.BlobHash, offer.Already, CancellationToken.None));
    }

    // A second opinion, from how the offer was made rather than from reading its bytes.
    private static string? MediaTypeOf(Offer offer)
    {
        var isPicture = offer.Picture is not null;
        if (offer.Already.Count(attachment => attachment.IsImage == isPicture) >= 10
            || offer.Already.Sum(attachment => attachment.Length) + offer.Bytes.Length > 20 * MiB)
        {
            return null;
        }

        if (offer.Picture is { } picture)
        {
            return offer.Bytes.Length <= 5 * MiB && picture is { Width: >= 1 and <= 8000, Height: >= 1 and <= 8000 } ? picture.Type : null;
        }

        var text = Encoding.UTF8.GetString(offer.Bytes);
        return offer.Bytes.Length is > 0 and <= MiB
            && !text.Contains('\0', StringComparison.Ordinal)
            && Encoding.UTF8.GetBytes(text).AsSpan().SequenceEqual(offer.Bytes)
            && !AttachmentName.Clean(offer.Name).EndsWith(".png", StringComparison.Ordinal) ? "text/plain" : null;
    }

    private static void CheckName(string name)
    {
        Assert.InRange(name.Length, 1, 100);
        Assert.DoesNotContain(name, character => character is '/' or '\\' || char.IsControl(character));
        Assert.False(name[^1] is '.' or ' ');
        Assert.Equal(name, Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(name)));
        Assert.DoesNotContain(name.EnumerateRunes(), rune => Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format or UnicodeCategory.LineSeparator);
    }

    private static Gen<Offer> Offers()
    {
        var name = Gen.OneOf(Gen.Elements(NameParts).ArrayOf().Select(string.Concat), ArbMap.Default.GeneratorFor<NonNull<string>>().Select(text => text.Get));
        var already = from count in Gen.Frequency((8, Gen.Choose(0, 3)), (1, Gen.Choose(8, 11)))
                      from isImage in ArbMap.Default.GeneratorFor<bool>()
                      from length in Gen.Elements(10, MiB, 4 * MiB)
                      select Enumerable.Repeat(new Attachment("x", isImage ? "image/png" : "text/plain", length, new string('0', 64)), count).ToList();
        return from called in name
               from there in already
               from offer in Gen.Frequency((4, Pictures()), (4, Texts()), (3, Bytes()))
               select offer with { Name = called, Already = there };
    }

    private static Gen<Offer> Pictures() =>
        from width in Gen.Elements(1, 2, 640, 7999, 8000, 8001, 16000)
        from height in Gen.Elements(1, 3, 480, 8000, 8001)
        from kind in Gen.Elements<(string Type, Func<int, int, byte[]> Make)>(
            ("image/png", TestImage.Png), ("image/jpeg", TestImage.Jpeg), ("image/gif", TestImage.Gif), ("image/webp", TestImage.WebPExtended))
        from size in Gen.Frequency((9, Gen.Constant(0)), (1, Gen.Elements(PictureSizes)))
        let header = kind.Make(width, height)
        select new Offer(Padded(header, size, 0), (kind.Type, width, height));

    private static Gen<Offer> Texts() => Gen.Frequency(
        (6, ArbMap.Default.GeneratorFor<NonNull<string>>().Select(text => new Offer(Encoding.UTF8.GetBytes(text.Get), null))),

        // What an older client would send: the picture as text. It is text, whatever it would decode to.
        (3, Gen.Choose(1, 8000).Select(width => new Offer(Encoding.ASCII.GetBytes("data:image/png;base64," + Convert.ToBase64String(TestImage.Png(width, 1))), null))),
        (1, Gen.Elements(TextSizes).Select(size => new Offer(Padded([], size, (byte)'a'), null))));

    private static Gen<Offer> Bytes() =>
        Gen.Choose(0, 255).Select(value => (byte)value).ArrayOf().Select(bytes => new Offer([0x01, .. bytes], null));

    private static byte[] Padded(byte[] start, int size, byte with)
    {
        if (size <= start.Length)
        {
            return start;
        }

        var padded = new byte[size];
        padded.AsSpan().Fill(with);
        start.CopyTo(padded, 0);
        return padded;
    }

    private sealed record Offer(byte[] Bytes, (string Type, int Width, int Height)? Picture)
    {
        public string Name { get; init; } = "";

        public IReadOnlyList<Attachment> Already { get; init; } = [];

        public override string ToString() => $"\"{Name}\" of {Bytes.Length} bytes, {Picture}, beside {Already.Count}";
    }
}
