using System.Runtime.Versioning;
using System.Text;
using Autocoder.Core.Persistence;
using Autocoder.Core.Persistence.Startup;
using Autocoder.Tests.TestSupport;
using Microsoft.Data.Sqlite;

namespace Autocoder.Tests.Persistence;

public sealed class DatabaseStartupTests : IDisposable
{
    private readonly StartupHarness _harness = new();

    private string DatabaseFile => _harness.Directory.DatabaseFile;

    public void Dispose() => _harness.Dispose();

    [Fact]
    public async Task A_first_start_creates_everything_and_a_second_one_finds_it()
    {
        await _harness.WithDataAsync();
        await _harness.StartAsync();

        Assert.Equal("kept", StartupHarness.Sql(DatabaseFile, "SELECT Name FROM projects"));
        Assert.Equal((long)DatabaseCheck.ApplicationId, StartupHarness.Sql(DatabaseFile, "PRAGMA application_id"));
        Assert.Empty(_harness.Backups);
    }

    [Fact]
    public Task The_database_runs_with_the_settings_that_keep_what_was_confirmed() => _harness.StartAsync(async database =>
    {
        Assert.Equal(("wal", 2L, 1L), await database.WithWriterAsync(
            connection => (
                (string)DatabaseCheck.Scalar(connection, "PRAGMA journal_mode")!,
                (long)DatabaseCheck.Scalar(connection, "PRAGMA synchronous")!,
                (long)DatabaseCheck.Scalar(connection, "PRAGMA foreign_keys")!),
            default));
    });

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task Only_the_owner_may_read_what_is_kept_also_when_it_was_open_to_others_before()
    {
        const UnixFileMode Folder = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        await _harness.StartAsync();
        File.SetUnixFileMode(DatabaseFile, File.GetUnixFileMode(DatabaseFile) | UnixFileMode.OtherRead | UnixFileMode.GroupWrite);
        File.SetUnixFileMode(_harness.Directory.Root, Folder | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);

        await _harness.StartAsync(_ =>
        {
            Assert.Equal(Folder, File.GetUnixFileMode(_harness.Directory.Root));
            foreach (var file in Directory.GetFiles(_harness.Directory.Root, "autocoder.*").Where(file => !file.EndsWith(".pid", StringComparison.Ordinal)))
            {
                Assert.Equal((file, UnixFileMode.UserRead | UnixFileMode.UserWrite), (file, File.GetUnixFileMode(file)));
            }

            return Task.CompletedTask;
        });
    }

    [Fact]
    public async Task A_second_start_with_the_same_directory_is_refused() => await _harness.StartAsync(async _ =>
        Assert.Equal("data_directory_in_use", (await _harness.RefusedAsync()).Code));

    [Fact]
    public async Task A_database_that_lost_its_content_is_not_replaced_by_an_empty_one()
    {
        await _harness.WithDataAsync();
        File.WriteAllBytes(DatabaseFile, []);

        Assert.Equal("database_empty", (await _harness.RefusedAsync()).Code);

        Assert.Equal(0, new FileInfo(DatabaseFile).Length);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(4096)]
    public async Task A_file_that_is_no_database_is_refused_and_left_alone(int length)
    {
        await _harness.StartAsync();
        File.WriteAllText(DatabaseFile, new string('x', length));
        var before = _harness.Hash();

        Assert.Equal("database_not_sqlite", (await _harness.RefusedAsync()).Code);

        Assert.Equal(before, _harness.Hash());
    }

    [Fact]
    public async Task A_database_cut_off_at_its_end_is_refused_and_left_alone()
    {
        await _harness.WithDataAsync();
        using (var file = File.OpenWrite(DatabaseFile))
        {
            file.SetLength(file.Length - 4096);
        }

        await RefusedAsDamagedAsync();
    }

    [Fact]
    public async Task A_database_with_a_page_of_rubbish_is_refused_and_left_alone()
    {
        await _harness.WithDataAsync();
        var page = Convert.ToInt32(StartupHarness.Sql(DatabaseFile, "SELECT rootpage FROM sqlite_master WHERE name = 'projects'"), null);
        using (var file = File.OpenWrite(DatabaseFile))
        {
            file.Position = (page - 1) * 4096L;
            file.Write(Encoding.ASCII.GetBytes(new string('x', 4096)));
        }

        await RefusedAsDamagedAsync();
    }

    [Fact]
    public async Task A_database_that_is_gone_while_its_log_is_there_is_not_begun_anew()
    {
        await _harness.WithDataAsync();
        File.Delete(DatabaseFile);
        File.WriteAllText(DatabaseFile + "-wal", "the newest changes");

        Assert.Equal("database_missing", (await _harness.RefusedAsync()).Code);

        Assert.False(File.Exists(DatabaseFile));
        Assert.Equal("the newest changes", File.ReadAllText(DatabaseFile + "-wal"));
    }

    [Fact]
    public async Task A_folder_or_a_pipe_in_the_place_of_the_database_is_refused_at_once()
    {
        _harness.Directory.Create();
        Directory.CreateDirectory(DatabaseFile);
        Assert.Equal("database_not_a_file", (await _harness.RefusedAsync()).Code);
        Directory.Delete(DatabaseFile);

        Shell.Run("mkfifo", DatabaseFile);
        Assert.Equal("database_not_a_file", (await _harness.RefusedAsync().WaitAsync(TimeSpan.FromSeconds(10))).Code);
    }

    [Theory]
    [InlineData("CREATE TABLE theirs (a)")]
    [InlineData("PRAGMA application_id = 1")]
    public async Task The_database_of_another_program_is_refused_and_left_alone(string sql)
    {
        _harness.Directory.Create();
        _harness.Sql(sql);
        var before = _harness.Hash();

        Assert.Equal("database_foreign", (await _harness.RefusedAsync()).Code);

        Assert.Equal(before, _harness.Hash());
    }

    [Fact]
    public async Task A_database_of_a_newer_version_is_refused_and_left_alone()
    {
        await _harness.WithDataAsync();
        _harness.Sql("INSERT INTO __EFMigrationsHistory VALUES ('29990101000000_Future', '99.0.0')");
        var before = _harness.Hash();

        var refusal = await _harness.RefusedAsync();

        Assert.Equal("database_newer", refusal.Code);
        Assert.Contains("29990101000000_Future", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(before, _harness.Hash());
        Assert.Empty(_harness.Backups);
    }

    [Fact]
    public async Task A_database_that_another_program_holds_is_named_as_such()
    {
        await _harness.WithDataAsync();
        await using var other = new SqliteConnection($"Data Source={DatabaseFile};Pooling=False");
        await other.OpenAsync();
        DatabaseCheck.Scalar(other, "BEGIN EXCLUSIVE");

        Assert.Equal("database_locked", (await _harness.RefusedAsync()).Code);

        DatabaseCheck.Scalar(other, "ROLLBACK");
        await _harness.StartAsync();
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task A_read_only_database_is_named_as_such()
    {
        await _harness.WithDataAsync();
        using (Unwritable.Make(DatabaseFile))
        {
            Assert.Equal("database_read_only", (await _harness.RefusedAsync()).Code);
        }

        await _harness.StartAsync();
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task A_read_only_directory_is_named_as_such()
    {
        _harness.Directory.Create();
        using (Unwritable.Make(_harness.Directory.Root))
        {
            var refusal = await _harness.RefusedAsync();
            Assert.Equal("data_directory_unusable", refusal.Code);
            Assert.Contains(_harness.Directory.Root, refusal.Message, StringComparison.Ordinal);
        }

        await _harness.StartAsync();
    }

    [Fact]
    public async Task A_start_on_a_disk_with_too_little_space_is_refused_before_anything_is_written()
    {
        Assert.Equal("disk_almost_full", (await _harness.RefusedAsync(neededSpace: long.MaxValue / 2)).Code);

        Assert.False(File.Exists(DatabaseFile));
    }

    [Fact]
    public Task A_database_that_reaches_its_limit_loses_only_the_change_that_did_not_fit() => _harness.StartAsync(FillToPageLimitAsync);

    [Fact]
    public async Task A_disk_that_fills_up_loses_only_the_change_that_did_not_fit()
    {
        if (!Environment.IsPrivilegedProcess)
        {
            // Only root may mount a small disk. SQLite gives the same error at a limit of pages, though by another way.
            await _harness.StartAsync(FillToPageLimitAsync);
            return;
        }

        _harness.Directory.Create();
        Shell.Run("mount", "-t", "tmpfs", "-o", "size=3m,mode=700", "tmpfs", _harness.Directory.Root);
        try
        {
            await _harness.StartAsync(FillAsync);
        }
        finally
        {
            Shell.Run("umount", _harness.Directory.Root);
        }
    }

    private static async Task FillToPageLimitAsync(Database database)
    {
        await database.WithWriterAsync(connection => DatabaseCheck.Scalar(connection, "PRAGMA max_page_count = 60"), default);
        await FillAsync(database);
    }

    private static async Task FillAsync(Database database)
    {
        var kept = 0;
        var refusal = await Assert.ThrowsAsync<StorageException>(async () =>
        {
            for (; ; kept++)
            {
                await InsertAsync(database, kept);
            }
        });

        Assert.Equal("database_full", refusal.Code);
        Assert.True(kept > 0);
        var (count, sound) = await database.WithWriterAsync(
            connection => ((long)DatabaseCheck.Scalar(connection, "SELECT count(*) FROM projects")!, DatabaseCheck.IsSound(connection)), default);
        Assert.Equal((kept, true), (count, sound));
    }

    private static Task InsertAsync(Database database, int number) => database.WriteAsync(
        (context, token) =>
        {
            context.Add(new Core.Persistence.Projects.ProjectRow
            {
                Id = Guid.CreateVersion7(),
                Name = FormattableString.Invariant($"name-{number}"),
                Folder = FormattableString.Invariant($"/{number}") + new string('x', 2000),
            });
            return Task.CompletedTask;
        },
        default);

    private async Task RefusedAsDamagedAsync()
    {
        var before = _harness.Hash();

        var refusal = await _harness.RefusedAsync();

        Assert.Equal("database_damaged", refusal.Code);
        Assert.Contains(_harness.Directory.Backups, refusal.Message, StringComparison.Ordinal);
        Assert.Equal(before, _harness.Hash());
    }
}
