using System.Runtime.InteropServices;
using System.Text;
using Autocoder.Core.Projects;
using Autocoder.Tests.TestSupport;

namespace Autocoder.Tests.Projects;

/// <summary>Somebody swaps files for links while they are read and written; nothing outside may be touched.</summary>
public sealed class ProjectFolderRaceTests : IDisposable
{
    private const int Tries = 10_000;

    private readonly TemporaryFolder _temporary = new();
    private readonly ProjectFolder _folder;

    public ProjectFolderRaceTests()
    {
        _temporary.Write("outside/a.txt", "secret");
        _temporary.Write("proj/good/a.txt", "good");
        _temporary.Write("proj/good.txt", "good");
        _folder = ProjectFolder.Open(_temporary.At("proj"));
    }

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public async Task Reading_while_a_file_becomes_a_link_never_shows_the_other_side()
    {
        await ReadWhileSwapping("good.txt", "../outside/a.txt", "good.txt");
    }

    [Fact]
    public async Task Reading_while_a_folder_becomes_a_link_never_shows_the_other_side()
    {
        await ReadWhileSwapping("good", "../outside", "good/a.txt");
    }

    [Fact]
    public async Task Writing_while_a_folder_becomes_a_link_never_lands_on_the_other_side()
    {
        Directory.Move(_temporary.At("proj/good"), _temporary.At("proj/target"));
        _temporary.Link("proj/spare", "../outside");
        using var stop = new CancellationTokenSource();
        var swapping = new Thread(() =>
        {
            while (!stop.IsCancellationRequested)
            {
                Assert.Equal(0, Exchange(_temporary.At("proj/target"), _temporary.At("proj/spare")));
            }
        });
        swapping.Start();
        int written = 0, refused = 0;
        try
        {
            for (var count = 0; count < Tries / 5; count++)
            {
                try
                {
                    await _folder.WriteTextAsync("target/a.txt", $"{count}", default);
                    written++;
                }
                catch (ProjectFileException)
                {
                    refused++;
                }
            }
        }
        finally
        {
            await stop.CancelAsync();
            swapping.Join();
        }

        Assert.True(written > 0 && refused > 0, $"No race took place: {written} written, {refused} refused.");
        Assert.Equal("secret", File.ReadAllText(_temporary.At("outside/a.txt")));
        Assert.Single(Directory.GetFileSystemEntries(_temporary.At("outside")));
    }

    private async Task ReadWhileSwapping(string name, string outside, string path)
    {
        using var stop = new CancellationTokenSource();
        var swapped = _temporary.At("proj", name);
        var other = _temporary.Link("proj/other", outside);
        var swapping = new Thread(() =>
        {
            while (!stop.IsCancellationRequested)
            {
                Assert.Equal(0, Exchange(swapped, other));
            }
        });
        swapping.Start();
        var seen = new HashSet<string>();
        try
        {
            for (var count = 0; count < Tries; count++)
            {
                seen.Add(await Read(path) ?? "refused");
            }
        }
        finally
        {
            await stop.CancelAsync();
            swapping.Join();
        }

        // Both sides were met, or this showed nothing.
        Assert.Equal(["good", "refused"], seen.Order());
    }

    /// <summary>Swaps two names in one step, so that at no moment one of them is free.</summary>
    private static int Exchange(string left, string right)
    {
        const int CurrentFolder = -100;
        const uint Exchanged = 2;
        return RenameAt(
            CurrentFolder, Encoding.UTF8.GetBytes(left + '\0'), CurrentFolder, Encoding.UTF8.GetBytes(right + '\0'), Exchanged);
    }

    [DllImport("libc", EntryPoint = "renameat2")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int RenameAt(int leftFolder, byte[] left, int rightFolder, byte[] right, uint flags);

    private async Task<string?> Read(string path)
    {
        try
        {
            return await _folder.ReadTextAsync(path, default);
        }
        catch (ProjectFileException)
        {
            return null;
        }
    }
}
