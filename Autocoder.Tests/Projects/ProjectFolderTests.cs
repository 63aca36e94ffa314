using System.Net.Sockets;
using System.Runtime.Versioning;
using System.Text;
using Autocoder.Core.Projects;
using Autocoder.Tests.TestSupport;

namespace Autocoder.Tests.Projects;

/// <summary>What a project folder lets through and what not, on Linux and as checked on other systems.</summary>
public abstract class ProjectFolderTests : IDisposable
{
    private readonly TemporaryFolder _temporary = new();
    private readonly string _root;
    private readonly ProjectFolder _folder;

    private protected ProjectFolderTests(bool portable)
    {
        _root = _temporary.Folder("proj");
        _folder = ProjectFolder.Open(_root, portable);
        _temporary.Write("secret.txt", "secret");
        _temporary.Write("proj-evil/secret.txt", "secret");
    }

    public void Dispose()
    {
        _temporary.Dispose();
        GC.SuppressFinalize(this);
    }

    [Theory]
    [InlineData("../secret.txt")]
    [InlineData("sub/../../secret.txt")]
    [InlineData("../proj-evil/secret.txt")]
    [InlineData("/etc/passwd")]
    [InlineData("//etc/passwd")]
    [InlineData("..")]
    public async Task Nothing_outside_is_read_or_written_or_looked_at(string path)
    {
        Assert.Equal(ProjectFileProblem.Outside, (await ReadFailure(path)).Problem);
        Assert.Equal(ProjectFileProblem.Outside, (await WriteFailure(path)).Problem);
        Assert.Throws<ProjectFileException>(() => _folder.Find(path));
        Assert.Throws<ProjectFileException>(() => _folder.EnumerateFiles(path));
    }

    [Theory]
    [InlineData("~/.ssh/id_rsa")]
    [InlineData("file:///etc/passwd")]
    [InlineData("%2e%2e/secret.txt")]
    [InlineData(@"..\..\secret.txt")]
    [InlineData(@"C:\secret.txt")]
    public async Task A_path_of_another_world_is_only_a_name_inside(string path)
    {
        Assert.Equal(ProjectFileProblem.Missing, (await ReadFailure(path)).Problem);
        Assert.Null(_folder.Find(path));
    }

    [Theory]
    [InlineData("a\0.txt")]
    [InlineData(null, 5000)]
    [InlineData(null, 300)]
    public async Task A_path_that_is_none_is_refused_with_the_reason(string? path, int length = 0) =>
        Assert.Equal(ProjectFileProblem.InvalidPath, (await ReadFailure(path ?? new string('a', length))).Problem);

    [Fact]
    public void The_same_file_has_one_relative_path_however_it_is_typed()
    {
        foreach (var typed in new[] { "a/b.txt", "./a/b.txt", "a//b.txt", "a/./c/../b.txt", $"{_root}/a/b.txt", $"{_root}/./a/b.txt" })
        {
            Assert.Equal("a/b.txt", _folder.Relative(typed));
        }

        foreach (var typed in new[] { "", ".", "./", _root, _root + "/" })
        {
            Assert.Equal("", _folder.Relative(typed));
        }
    }

    [Fact]
    public async Task A_root_reached_through_a_link_is_resolved_once_and_still_known_by_its_old_name()
    {
        _temporary.Write("proj/a.txt", "here");
        var link = _temporary.Link("shortcut", _root);

        var folder = ProjectFolder.Open(link);

        Assert.Equal(_root, folder.Root);
        Assert.Equal("here", await folder.ReadTextAsync(Path.Combine(link, "a.txt"), default));
    }

    [Fact]
    public void Only_a_folder_that_exists_can_be_opened()
    {
        Assert.Equal(ProjectFileProblem.Missing, Assert.Throws<ProjectFileException>(() => ProjectFolder.Open(_root + "x")).Problem);
        Assert.Equal(
            ProjectFileProblem.WrongKind,
            Assert.Throws<ProjectFileException>(() => ProjectFolder.Open(_temporary.At("secret.txt"))).Problem);
    }

    [Theory]
    [InlineData("link.txt")]
    [InlineData("folder/secret.txt")]
    [InlineData("chain.txt")]
    [InlineData("relative.txt")]
    [InlineData("magic/etc/passwd")]
    public async Task A_link_that_leaves_the_project_is_refused_at_any_depth(string path)
    {
        _temporary.Link("proj/link.txt", _temporary.At("secret.txt"));
        _temporary.Link("proj/folder", _temporary.Path);
        _temporary.Link("proj/chain.txt", _temporary.At("proj/link.txt"));
        _temporary.Link("proj/relative.txt", "../secret.txt");
        _temporary.Link("proj/magic", "/proc/self/root");

        Assert.Equal(ProjectFileProblem.Outside, (await ReadFailure(path)).Problem);
        Assert.Throws<ProjectFileException>(() => _folder.Find(path));
        Assert.Equal(ProjectFileProblem.Protected, (await WriteFailure(path)).Problem);
        Assert.Equal("secret", File.ReadAllText(_temporary.At("secret.txt")));
    }

    [Fact]
    public async Task A_link_that_stays_inside_is_read_but_not_written_through()
    {
        _temporary.Write("proj/real/a.txt", "here");
        _temporary.Link("proj/alias", "real");
        _temporary.Link("proj/alias.txt", "real/a.txt");

        Assert.Equal("here", await _folder.ReadTextAsync("alias/a.txt", default));
        Assert.Equal("here", await _folder.ReadTextAsync("alias.txt", default));
        Assert.Equal(ProjectFileProblem.Protected, (await WriteFailure("alias/a.txt")).Problem);
        Assert.Equal(ProjectFileProblem.Protected, (await WriteFailure("alias.txt")).Problem);
        Assert.Equal(ProjectFileProblem.Protected, (await WriteFailure("alias/new/deep.txt")).Problem);
        Assert.Equal("here", File.ReadAllText(_temporary.At("proj/real/a.txt")));
        Assert.False(Directory.Exists(_temporary.At("proj/real/new")));
    }

    [Fact]
    public async Task A_dangling_link_and_a_circle_of_links_end_in_words()
    {
        _temporary.Link("proj/dangling", "nowhere");
        _temporary.Link("proj/self", "self");

        Assert.Equal(ProjectFileProblem.Missing, (await ReadFailure("dangling")).Problem);
        Assert.Contains("circle", (await ReadFailure("self")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pipe_or_socket_is_refused_at_once_instead_of_waited_for()
    {
        Shell.Run("mkfifo", _temporary.At("proj/pipe"));
        _temporary.Link("proj/pipe-link", "pipe");
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(_temporary.At("proj/socket")));

        foreach (var path in new[] { "pipe", "pipe-link", "socket" })
        {
            var failure = await ReadFailure(path).WaitAsync(TimeSpan.FromSeconds(5));
            Assert.Equal(ProjectFileProblem.WrongKind, failure.Problem);
        }

        Assert.Equal(ProjectFileProblem.WrongKind, (await WriteFailure("pipe")).Problem);
        Assert.Empty(_folder.EnumerateFiles());
    }

    [Fact]
    public async Task A_folder_is_no_file_and_a_file_is_no_folder()
    {
        _temporary.Write("proj/a/b.txt");

        Assert.Contains("is a folder", (await ReadFailure("a")).Message, StringComparison.Ordinal);
        Assert.Contains("is a folder", (await WriteFailure("a")).Message, StringComparison.Ordinal);
        Assert.Contains("not a folder", (await WriteFailure("a/b.txt/c.txt")).Message, StringComparison.Ordinal);
        Assert.Equal(ProjectFileProblem.WrongKind, (await WriteFailure("")).Problem);
    }

    [Fact]
    public async Task A_file_is_read_up_to_the_limit_and_not_one_byte_further()
    {
        File.WriteAllBytes(_temporary.At("proj/a.bin"), new byte[1000]);

        Assert.Equal(1000, (await _folder.ReadBytesAsync("a.bin", 1000, default)).Length);
        var failure = await Assert.ThrowsAsync<ProjectFileException>(() => _folder.ReadBytesAsync("a.bin", 999, default));
        Assert.Equal(ProjectFileProblem.TooLarge, failure.Problem);
    }

    [Fact]
    public async Task Text_is_decoded_by_its_mark_and_binary_is_refused()
    {
        File.WriteAllBytes(_temporary.At("proj/bom.txt"), [0xEF, 0xBB, 0xBF, (byte)'h', (byte)'i']);
        File.WriteAllText(_temporary.At("proj/utf16.txt"), "héllo", Encoding.Unicode);
        File.WriteAllText(_temporary.At("proj/utf16be.txt"), "héllo", Encoding.BigEndianUnicode);
        File.WriteAllBytes(_temporary.At("proj/broken.txt"), [(byte)'a', 0xFF, (byte)'b']);
        File.WriteAllBytes(_temporary.At("proj/binary"), [1, 0, 2]);

        Assert.Equal("hi", await _folder.ReadTextAsync("bom.txt", default));
        Assert.Equal("héllo", await _folder.ReadTextAsync("utf16.txt", default));
        Assert.Equal("héllo", await _folder.ReadTextAsync("utf16be.txt", default));
        Assert.Equal("a\uFFFDb", await _folder.ReadTextAsync("broken.txt", default));
        var failure = await Assert.ThrowsAsync<ProjectFileException>(() => _folder.ReadTextAsync("binary", default));
        Assert.Equal(ProjectFileProblem.Binary, failure.Problem);
    }

    [Fact]
    public void Finding_tells_kind_size_and_time()
    {
        File.SetLastWriteTimeUtc(_temporary.Write("proj/a/b.txt", "12345"), new DateTime(2020, 2, 3, 4, 5, 6, DateTimeKind.Utc));

        var file = _folder.Find("./a/b.txt")!;

        Assert.Equal(new ProjectFile("a/b.txt", ProjectFileKind.File, 5, new DateTimeOffset(2020, 2, 3, 4, 5, 6, TimeSpan.Zero)), file);
        Assert.Equal(ProjectFileKind.Folder, _folder.Find("a")!.Kind);
        Assert.Equal("", _folder.Find(".")!.Path);
        Assert.Null(_folder.Find("a/none"));
        Assert.Null(_folder.Find("a/b.txt/none"));
    }

    [Fact]
    public void Files_are_listed_in_order_without_links_and_without_what_tools_made()
    {
        foreach (var path in new[] { "b.txt", "a/z.txt", "a.b", "a-b/c", "B", ".env", "node_modules/x/y.js", ".git/config", "src/bin/x.dll", "é" })
        {
            _temporary.Write("proj/" + path);
        }

        _temporary.Link("proj/loop", ".");
        _temporary.Link("proj/link.txt", "b.txt");
        _temporary.Link("proj/out", _temporary.Path);

        var paths = _folder.EnumerateFiles().Select(file => file.Path).ToArray();

        Assert.Equal([".env", "B", "a-b/c", "a.b", "a/z.txt", "b.txt", "é"], paths);
        Assert.Equal(paths.Order(StringComparer.Ordinal), paths);
        Assert.Equal(["node_modules/x/y.js"], _folder.EnumerateFiles("node_modules").Select(file => file.Path));
        Assert.Equal(["a/z.txt"], _folder.EnumerateFiles("a/z.txt").Select(file => file.Path));
        Assert.Throws<ProjectFileException>(() => _folder.EnumerateFiles("none").ToArray());
        Assert.Throws<ProjectFileException>(() => _folder.EnumerateFiles("out").ToArray());
    }

    [Fact]
    public void A_listing_can_be_read_twice_and_ends_at_its_limit()
    {
        for (var number = 0; number < 30; number++)
        {
            _temporary.Write($"proj/{number % 3}/{number:00}");
        }

        var listing = _folder.EnumerateFiles();
        Assert.Equal(listing.ToArray(), listing.ToArray());
        Assert.Equal(12 - 3, new ProjectFileWalk(new PortablePathOpener(_root), maxEntries: 12).From("").Count());
    }

    [Fact]
    public async Task Writing_creates_the_folders_and_leaves_nothing_beside_the_file()
    {
        await _folder.WriteTextAsync("new/deep/file.txt", "first", default);
        await _folder.WriteTextAsync("new/deep/file.txt", "second é", default);

        Assert.Equal("second é"u8, File.ReadAllBytes(_temporary.At("proj/new/deep/file.txt")));
        Assert.Equal(["file.txt"], Directory.GetFileSystemEntries(_temporary.At("proj/new/deep")).Select(Path.GetFileName));
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task A_replaced_file_keeps_its_permissions()
    {
        const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.OtherExecute;
        File.SetUnixFileMode(_temporary.Write("proj/run.sh"), Mode);

        await _folder.WriteTextAsync("run.sh", "new", default);

        Assert.Equal(Mode, File.GetUnixFileMode(_temporary.At("proj/run.sh")));
    }

    [Theory]
    [InlineData(".git/config")]
    [InlineData("sub/.GIT/hooks/pre-commit")]
    [InlineData(".git")]
    [InlineData("GIT~1/config")]
    public async Task Git_keeps_its_own_files(string path)
    {
        Assert.Equal(ProjectFileProblem.Protected, (await WriteFailure(path)).Problem);
        Assert.Empty(Directory.GetFileSystemEntries(_root));
    }

    [Fact]
    public async Task A_file_with_a_second_name_outside_is_not_written()
    {
        Shell.Run("ln", _temporary.At("secret.txt"), _temporary.At("proj/twin.txt"));

        Assert.Contains("hard link", (await WriteFailure("twin.txt")).Message, StringComparison.Ordinal);
        Assert.Equal("secret", File.ReadAllText(_temporary.At("secret.txt")));
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task A_read_only_file_is_not_replaced()
    {
        File.SetUnixFileMode(_temporary.Write("proj/fixed.txt", "old"), UnixFileMode.UserRead);

        Assert.Contains("read-only", (await WriteFailure("fixed.txt")).Message, StringComparison.Ordinal);
        Assert.Equal("old", File.ReadAllText(_temporary.At("proj/fixed.txt")));
    }

    [Fact]
    public async Task A_text_too_long_to_be_read_back_is_not_written()
    {
        var failure = await Assert.ThrowsAsync<ProjectFileException>(
            () => _folder.WriteTextAsync("a/big.txt", new string('x', ProjectFolder.MaxTextBytes + 1), default));

        Assert.Equal(ProjectFileProblem.TooLarge, failure.Problem);
        Assert.Empty(Directory.GetFileSystemEntries(_root));
    }

    [Fact]
    public async Task A_cancelled_write_changes_nothing()
    {
        _temporary.Write("proj/a.txt", "old");

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => _folder.WriteTextAsync("a.txt", "new", new CancellationToken(canceled: true)));

        Assert.Equal("old", File.ReadAllText(_temporary.At("proj/a.txt")));
    }

    [Fact]
    public async Task A_project_whose_folder_is_gone_says_so()
    {
        Directory.Delete(_root);

        Assert.Contains("is gone", (await ReadFailure("a.txt")).Message, StringComparison.Ordinal);
        Assert.Contains("is gone", (await WriteFailure("a.txt")).Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_root));
    }

    [Fact]
    public async Task A_root_replaced_by_a_link_no_longer_leads_anywhere()
    {
        Directory.Delete(_root);
        _temporary.Link("proj", _temporary.At("proj-evil"));

        await ReadFailure("secret.txt");
        await WriteFailure("new.txt");
        Assert.Single(Directory.GetFileSystemEntries(_temporary.At("proj-evil")));
    }

    [Fact]
    public async Task Names_with_odd_characters_are_used_as_they_are_and_shown_escaped()
    {
        await _folder.WriteTextAsync("a\u202Eb\nc.txt", "odd", default);

        Assert.Equal("odd", await _folder.ReadTextAsync("a\u202Eb\nc.txt", default));
        Assert.Contains(@"x\u202ey\u000az", (await ReadFailure("x\u202Ey\nz")).Message, StringComparison.Ordinal);
    }

    private Task<ProjectFileException> ReadFailure(string path) =>
        Assert.ThrowsAsync<ProjectFileException>(() => _folder.ReadBytesAsync(path, 1000, default));

    private Task<ProjectFileException> WriteFailure(string path) =>
        Assert.ThrowsAsync<ProjectFileException>(() => _folder.WriteTextAsync(path, "new", default));
}

public sealed class ProjectFolderOnLinuxTests() : ProjectFolderTests(portable: false);

public sealed class ProjectFolderOnOtherSystemsTests() : ProjectFolderTests(portable: true);
