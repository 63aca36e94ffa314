using System.Runtime.Versioning;
using Autocoder.Core.Projects;
using Autocoder.Tests.TestSupport;
using Microsoft.Extensions.Options;

namespace Autocoder.Tests.Projects;

public sealed class ProjectFolderRulesTests : IDisposable
{
    private readonly TemporaryFolder _temporary = new();
    private readonly ProjectFolderRules _rules;
    private readonly Project _other;

    public ProjectFolderRulesTests()
    {
        var home = _temporary.Folder("homes/me");
        _rules = new ProjectFolderRules(Options.Create(
            new ProjectFolderOptions { Home = home, DataDirectory = _temporary.Folder("homes/me/data/autocoder") }));
        _other = new Project(
            Guid.NewGuid(), ProjectName.Parse("other"), _temporary.Folder("homes/me/code/other"), default, default);
    }

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public void An_ordinary_folder_is_taken_under_its_real_path()
    {
        var folder = _temporary.Folder("homes/me/code/mine");
        _temporary.Link("homes/me/shortcut", folder);

        foreach (var typed in new[] { folder, folder + "/", "~/code/mine", "~/code/../code/mine", "~/shortcut", $" {folder} " })
        {
            Assert.Equal(new FolderCheck(folder, Exists: true, null, null), Check(typed));
        }
    }

    [Theory]
    [InlineData("/tmp/x-autocoder", true)]
    [InlineData("/var/tmp/x-autocoder", true)]
    [InlineData("/opt/x-autocoder", true)]
    public void A_new_folder_is_taken_where_its_parent_exists(string folder, bool mayBeMissing) =>
        Assert.Equal(folder, _rules.Check(folder, [], mayBeMissing).Folder);

    [Theory]
    [InlineData("", FolderRefusal.Empty)]
    [InlineData("  ", FolderRefusal.Empty)]
    [InlineData("code/mine", FolderRefusal.NotAbsolute)]
    [InlineData("~other/code", FolderRefusal.NotAbsolute)]
    [InlineData("/tmp/a\0b", FolderRefusal.InvalidPath)]
    [InlineData("/", FolderRefusal.FilesystemRoot)]
    [InlineData("//", FolderRefusal.FilesystemRoot)]
    [InlineData("/etc", FolderRefusal.SystemFolder)]
    [InlineData("/etc/", FolderRefusal.SystemFolder)]
    [InlineData("/usr/local/src", FolderRefusal.SystemFolder)]
    [InlineData("/var/lib", FolderRefusal.SystemFolder)]
    [InlineData("/proc/self", FolderRefusal.SystemFolder)]
    [InlineData("/tmp/../etc", FolderRefusal.SystemFolder)]
    [InlineData("/mnt", FolderRefusal.SystemFolder)]
    [InlineData("/tmp", FolderRefusal.HomeFolder)] // In this test the home lies in it.
    [InlineData("/home", FolderRefusal.SystemFolder)]
    [InlineData("~", FolderRefusal.HomeFolder)]
    [InlineData("~/..", FolderRefusal.HomeFolder)]
    [InlineData("~/.ssh", FolderRefusal.KeyFolder)]
    [InlineData("~/.aws/x", FolderRefusal.KeyFolder)]
    [InlineData("~/data/autocoder", FolderRefusal.DataDirectory)]
    [InlineData("~/data/autocoder/blobs", FolderRefusal.DataDirectory)]
    [InlineData("~/data", FolderRefusal.DataDirectory)]
    [InlineData("~/code/other", FolderRefusal.OtherProject)]
    [InlineData("~/code/other/sub", FolderRefusal.InsideProject)]
    [InlineData("~/code", FolderRefusal.AboveProject)]
    [InlineData("~/none", FolderRefusal.Missing)]
    [InlineData("~/file.txt", FolderRefusal.NotAFolder)]
    [InlineData("~/circle", FolderRefusal.InvalidPath)]
    public void A_folder_that_cannot_be_a_project_is_refused_with_its_own_reason(string typed, FolderRefusal refusal)
    {
        _temporary.Write("homes/me/file.txt");
        _temporary.Link("homes/me/circle", "circle");

        var check = Check(typed);

        Assert.Equal(refusal, check.Refusal);
        Assert.Null(check.Folder);
        Assert.EndsWith(".", check.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/etc", FolderRefusal.SystemFolder)]
    [InlineData("/", FolderRefusal.FilesystemRoot)]
    [InlineData("code/other", FolderRefusal.OtherProject)]
    [InlineData(".", FolderRefusal.HomeFolder)]
    [InlineData("data/autocoder", FolderRefusal.DataDirectory)]
    public void A_link_is_judged_by_where_it_leads(string target, FolderRefusal refusal)
    {
        _temporary.Link("homes/me/link", target);
        _temporary.Folder("homes/me/code/deep");
        _temporary.Link("homes/me/code/deep/link", "../../link");

        var check = Check("~/code/deep/link");

        Assert.Equal(refusal, check.Refusal);
        Assert.Contains("leads to", check.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("~/code/other-2")]
    [InlineData("~/data-of-mine")]
    [InlineData("~/.sshx")]
    [InlineData("~/.dotfiles")]
    public void A_name_that_only_begins_alike_is_free(string typed) => Assert.Null(_rules.Check(typed, [_other], mayBeMissing: true).Refusal);

    [Fact]
    public void A_new_folder_below_a_missing_one_is_refused()
    {
        Assert.Equal(FolderRefusal.ParentMissing, _rules.Check("~/none/new", [_other], mayBeMissing: true).Refusal);
        Assert.Equal(FolderRefusal.ParentMissing, _rules.Check(_temporary.Write("file.txt") + "/new", [], mayBeMissing: true).Refusal);
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public void A_folder_that_cannot_be_written_is_refused()
    {
        var folder = _temporary.Folder("homes/me/fixed");
        using (Unwritable.Make(folder))
        {
            Assert.Equal(FolderRefusal.NotWritable, Check(folder).Refusal);
            Assert.Equal(FolderRefusal.NotWritable, _rules.Check(folder + "/new", [], mayBeMissing: true).Refusal);
        }
    }

    private FolderCheck Check(string typed) => _rules.Check(typed, [_other], mayBeMissing: false);
}
