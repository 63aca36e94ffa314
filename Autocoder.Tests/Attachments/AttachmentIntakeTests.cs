using System.Text;
using Autocoder.Core.Attachments;
using Autocoder.Core.Conversations;
using Autocoder.Tests.TestSupport;

namespace Autocoder.Tests.Attachments;

public sealed class AttachmentIntakeTests : IDisposable
{
    private readonly TemporaryFolder _temporary = new();
    private readonly BlobStore _blobs;
    private readonly AttachmentIntake _intake;

    public AttachmentIntakeTests()
    {
        _blobs = new BlobStore(_temporary.Path);
        _intake = new AttachmentIntake(_blobs);
    }

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public async Task A_real_image_of_each_kind_is_taken_whatever_it_is_called()
    {
        foreach (var (bytes, mediaType) in new[]
        {
            (TestImage.Png(640, 480), "image/png"),
            (TestImage.Jpeg(640, 480), "image/jpeg"),
            (TestImage.Gif(640, 480), "image/gif"),
            (TestImage.WebPLossy(640, 480), "image/webp"),
            (TestImage.WebPLossless(640, 480), "image/webp"),
            (TestImage.WebPExtended(640, 480), "image/webp"),
        })
        {
            var result = await Accept("photo.txt", bytes);

            Assert.Equal(mediaType, result.Accepted!.MediaType);
            Assert.Equal(bytes.Length, result.Accepted.Length);
            Assert.Equal(bytes, await _blobs.ReadAsync(result.Accepted.BlobHash, default));
            Assert.Equal((640, 480), (ImageHeader.Read(bytes)!.Width, ImageHeader.Read(bytes)!.Height));
        }
    }

    [Fact]
    public async Task The_longest_allowed_side_is_taken_and_one_pixel_more_is_not()
    {
        foreach (var make in new Func<int, int, byte[]>[]
        {
            TestImage.Png, TestImage.Jpeg, TestImage.Gif, TestImage.WebPLossy, TestImage.WebPLossless, TestImage.WebPExtended,
        })
        {
            Assert.True((await Accept("a.png", make(8000, 1))).IsAccepted);
            Assert.Contains("8,000 pixels", (await Accept("a.png", make(8001, 1))).Refusal, StringComparison.Ordinal);
            Assert.Contains("8,000 pixels", (await Accept("a.png", make(1, 8001))).Refusal, StringComparison.Ordinal);
        }

        Assert.Contains("damaged", (await Accept("a.png", TestImage.Png(0, 5))).Refusal, StringComparison.Ordinal);
        Assert.Contains("damaged", (await Accept("a.png", TestImage.Png(-1, 5))).Refusal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_image_cut_off_in_its_header_is_refused_and_breaks_nothing()
    {
        foreach (var bytes in new[]
        {
            TestImage.Png(9, 9), TestImage.Jpeg(9, 9), TestImage.Gif(9, 9),
            TestImage.WebPLossy(9, 9), TestImage.WebPLossless(9, 9), TestImage.WebPExtended(9, 9),
        })
        {
            for (var length = 0; length < TestImage.HeaderLength(bytes); length++)
            {
                Assert.False((await Accept("a.png", bytes[..length])).IsAccepted, $"{length} of {bytes.Length} bytes");
            }
        }
    }

    [Theory]
    [InlineData("a.png", "<html><script>alert(1)</script></html>")]
    [InlineData("a.JPEG", "text")]
    [InlineData("a.bmp", "BM and then text")]
    [InlineData("a.heic", "\u0001\u0002ftypheic")]
    public async Task Something_else_that_is_called_an_image_is_refused_in_words(string name, string content) =>
        Assert.Contains("called an image", (await Accept(name, Encoding.UTF8.GetBytes(content))).Refusal, StringComparison.Ordinal);

    [Fact]
    public async Task Svg_and_html_are_taken_as_the_text_they_are()
    {
        var svg = await Accept("a.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>"u8.ToArray());

        Assert.Equal("text/plain", svg.Accepted!.MediaType);
        Assert.False(svg.Accepted.IsImage);
    }

    [Fact]
    public async Task A_binary_file_is_refused_in_words()
    {
        foreach (var bytes in new byte[][] { [1, 0, 2], [0xC3, 0x28], [.. "%PDF-1.7 "u8, 0xE2, 0xE3], Encoding.Unicode.GetBytes("text") })
        {
            Assert.Contains("only images", (await Accept("a.bin", bytes)).Refusal, StringComparison.Ordinal);
        }

        Assert.Contains("empty", (await Accept("a.txt", [])).Refusal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sizes_are_counted_in_decoded_bytes_up_to_the_last_one()
    {
        const int MiB = 1024 * 1024;
        Assert.True((await Accept("a.png", Padded(TestImage.Png(9, 9), 5 * MiB))).IsAccepted);
        Assert.Contains("at most 5 MiB", (await Accept("a.png", Padded(TestImage.Png(9, 9), (5 * MiB) + 1))).Refusal, StringComparison.Ordinal);
        Assert.True((await Accept("a.txt", Text(MiB))).IsAccepted);
        Assert.Contains("at most 1 MiB", (await Accept("a.txt", Text(MiB + 1))).Refusal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stream_without_end_that_claims_to_be_short_is_left_after_the_limit()
    {
        using var endless = new EndlessStream();

        Assert.False((await _intake.AcceptAsync("a.txt", endless, [], default)).IsAccepted);

        Assert.InRange(endless.Given, 1, AttachmentLimits.ImageBytes + 1);
    }

    [Fact]
    public async Task Ten_images_and_ten_files_are_enough_for_one_prompt()
    {
        var images = Enumerable.Repeat(new Attachment("a", "image/png", 10, "h"), 10).ToList();
        var files = Enumerable.Repeat(new Attachment("a", "text/plain", 10, "h"), 10).ToList();

        Assert.Contains("10 images", (await Accept("a.png", TestImage.Png(9, 9), [.. images, .. files[1..]])).Refusal, StringComparison.Ordinal);
        Assert.True((await Accept("a.txt", Text(5), [.. images, .. files[1..]])).IsAccepted);
        Assert.Contains("10 files", (await Accept("a.txt", Text(5), files)).Refusal, StringComparison.Ordinal);
        Assert.True((await Accept("a.png", TestImage.Png(9, 9), [.. images[1..], .. files])).IsAccepted);
    }

    [Fact]
    public async Task All_together_stay_within_the_total()
    {
        var almost = new Attachment("a", "image/png", AttachmentLimits.TotalBytes - 100, "h");

        Assert.True((await Accept("a.txt", Text(100), [almost])).IsAccepted);
        Assert.Contains("20 MiB", (await Accept("a.txt", Text(101), [almost])).Refusal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_refused_is_not_kept()
    {
        await Accept("a.bin", [1, 0, 2]);

        Assert.Empty(Directory.GetFileSystemEntries(_temporary.Path));
    }

    [Theory]
    [InlineData("../../x.txt", "x.txt")]
    [InlineData(@"C:\Users\me\x.txt", "x.txt")]
    [InlineData("a\nb\0.txt", "ab.txt")]
    [InlineData("\u202Etxt.exe", "txt.exe")]
    [InlineData("a\u200B\u2066b", "ab")]
    [InlineData("..", "file")]
    [InlineData("", "file")]
    [InlineData(null, "file")]
    [InlineData("\u200B", "file")]
    [InlineData(" é😀.txt ", "é😀.txt")]
    public void A_name_is_cleaned_to_what_can_be_shown(string? name, string cleaned) => Assert.Equal(cleaned, AttachmentName.Clean(name));

    [Fact]
    public void A_long_name_keeps_its_ending_and_no_half_characters()
    {
        Assert.Equal(new string('a', 96) + ".txt", AttachmentName.Clean(new string('a', 300) + ".txt"));
        var cut = AttachmentName.Clean(string.Concat(Enumerable.Repeat("😀", 100)) + "x.txt");
        Assert.InRange(cut.Length, 90, 100);
        Assert.False(cut.Any(character => char.IsSurrogate(character)) && cut.Contains('\uFFFD'));
        Assert.Equal(cut, Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(cut)));
    }

    private Task<AttachmentResult> Accept(string name, byte[] bytes, IReadOnlyList<Attachment>? already = null) =>
        _intake.AcceptAsync(name, new MemoryStream(bytes), already ?? [], default);

    private static byte[] Text(int length) => Encoding.UTF8.GetBytes(new string('x', length));

    private static byte[] Padded(byte[] bytes, int length)
    {
        Array.Resize(ref bytes, length);
        return bytes;
    }

    private sealed class EndlessStream : MemoryStream
    {
        public long Given { get; private set; }

        public override long Length => 10;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            buffer.Span.Fill((byte)'x');
            Given += buffer.Length;
            return ValueTask.FromResult(buffer.Length);
        }
    }
}
