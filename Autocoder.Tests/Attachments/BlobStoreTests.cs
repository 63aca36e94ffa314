using Autocoder.Core.Attachments;
using Autocoder.Tests.TestSupport;

namespace Autocoder.Tests.Attachments;

public sealed class BlobStoreTests : IDisposable
{
    // SHA-256 of "abc", from FIPS 180-2.
    private const string HashOfAbc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    private readonly TemporaryFolder _temporary = new();
    private readonly BlobStore _blobs;

    public BlobStoreTests() => _blobs = new BlobStore(_temporary.At("blobs"));

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public async Task Bytes_are_kept_under_their_hash_and_come_back()
    {
        Assert.Equal(HashOfAbc, await _blobs.SaveAsync("abc"u8.ToArray(), default));

        Assert.Equal("abc"u8.ToArray(), await _blobs.ReadAsync(HashOfAbc, default));
        using var stream = new StreamReader(_blobs.OpenRead(HashOfAbc));
        Assert.Equal("abc", await stream.ReadToEndAsync());
    }

    [Fact]
    public async Task The_same_bytes_are_kept_once_and_nothing_unfinished_stays()
    {
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => _blobs.SaveAsync("abc"u8.ToArray(), default)));

        var files = Directory.GetFiles(_temporary.Path, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 });
        Assert.Equal([_temporary.At("blobs", "ba", "78", HashOfAbc)], files);
    }

    [Fact]
    public async Task A_blob_that_lost_its_end_is_written_again()
    {
        await _blobs.SaveAsync("abc"u8.ToArray(), default);
        File.WriteAllText(_temporary.At("blobs", "ba", "78", HashOfAbc), "a");

        await _blobs.SaveAsync("abc"u8.ToArray(), default);

        Assert.Equal("abc"u8.ToArray(), await _blobs.ReadAsync(HashOfAbc, default));
    }

    [Theory]
    [InlineData("")]
    [InlineData("abc")]
    [InlineData("../../../../etc/passwd")]
    [InlineData("BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD")]
    [InlineData("../../../../../../../../../../../../../../../../etc/passwd0000000")]
    public async Task What_is_not_a_key_never_becomes_a_path(string key)
    {
        await Assert.ThrowsAsync<ArgumentException>(() => _blobs.ReadAsync(key, default));
        Assert.Throws<ArgumentException>(() => _blobs.OpenRead(key));
    }

    [Fact]
    public async Task A_blob_that_is_not_there_is_not_found()
    {
        await Assert.ThrowsAsync<FileNotFoundException>(() => _blobs.ReadAsync(HashOfAbc, default));
        Assert.Throws<FileNotFoundException>(() => _blobs.OpenRead(HashOfAbc));
    }
}
