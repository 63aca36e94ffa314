using Autocoder.Core.Persistence.Startup;
using Microsoft.Data.Sqlite;

namespace Autocoder.Tests.Persistence;

public sealed class DatabaseBackupTests : IDisposable
{
    private readonly StartupHarness _harness = new();

    public void Dispose() => _harness.Dispose();

    [Fact]
    public async Task Before_a_migration_a_complete_copy_of_the_old_database_is_made()
    {
        await _harness.WithDataAsync();
        _harness.MakeOlder();
        _harness.Sql("CREATE TABLE extra AS SELECT 'old' AS word");
        _harness.Clock.Advance(TimeSpan.FromSeconds(3661));

        await _harness.StartAsync();

        var copy = Assert.Single(_harness.Backups);
        var time = _harness.Clock.GetUtcNow().ToString("yyyyMMdd-HHmmss", null);
        Assert.Equal($"autocoder-{time}-before-20261121000002_Projects.db", Path.GetFileName(copy));
        Assert.Equal("old", StartupHarness.Sql(copy, "SELECT word FROM extra"));
        Assert.Equal("ok", StartupHarness.Sql(copy, "PRAGMA integrity_check"));
        Assert.Equal("delete", StartupHarness.Sql(copy, "PRAGMA journal_mode"));
        Assert.Equal(0L, StartupHarness.Sql(copy, "SELECT count(*) FROM sqlite_master WHERE name = 'projects'"));
        Assert.Equal(0L, StartupHarness.Sql(_harness.Directory.DatabaseFile, "SELECT count(*) FROM projects"));
    }

    [Fact]
    public async Task Changes_that_are_only_in_the_log_yet_are_in_the_copy_too()
    {
        await _harness.WithDataAsync();
        _harness.MakeOlder();

        // A copy of the files while a connection is open has the state a killed process leaves: the newest row only in the log.
        var database = _harness.Directory.DatabaseFile;
        var aside = Directory.CreateDirectory(Path.Combine(_harness.Directory.Root, "aside")).FullName;
        using (var open = new SqliteConnection($"Data Source={database};Pooling=False"))
        {
            open.Open();
            DatabaseCheck.Scalar(open, "CREATE TABLE newest AS SELECT 'in the log' AS word");
            foreach (var file in new[] { database, database + "-wal" })
            {
                File.Copy(file, Path.Combine(aside, Path.GetFileName(file)));
            }
        }

        Directory.GetFiles(aside).ToList().ForEach(file => File.Move(file, Path.Combine(_harness.Directory.Root, Path.GetFileName(file)), overwrite: true));
        Assert.True(new FileInfo(database + "-wal").Length > 0);

        await _harness.StartAsync();

        Assert.Equal("in the log", StartupHarness.Sql(Assert.Single(_harness.Backups), "SELECT word FROM newest"));
    }

    [Fact]
    public async Task Only_the_newest_ten_copies_are_kept_and_other_files_stay()
    {
        await _harness.WithDataAsync();
        var mine = Path.Combine(_harness.Directory.Backups, "my own copy.db");
        File.WriteAllText(mine, "mine");
        for (var number = 10; number < 23; number++)
        {
            File.WriteAllText(Path.Combine(_harness.Directory.Backups, $"autocoder-202501{number}-000000-before-x.db"), "");
        }

        _harness.MakeOlder();
        await _harness.StartAsync();

        var names = _harness.Backups.Select(Path.GetFileName).Order(StringComparer.Ordinal).ToList();
        Assert.Equal(11, names.Count);
        Assert.Equal("autocoder-20250114-000000-before-x.db", names[0]);
        Assert.Contains("my own copy.db", names);
    }

    [Fact]
    public async Task Without_a_copy_nothing_is_migrated()
    {
        await _harness.WithDataAsync();
        _harness.MakeOlder();

        // The folder of the copies cannot be made read-only, because the start makes it private first; so something is in the way.
        Directory.CreateDirectory(CopyInTheWay() + ".unfinished");
        Assert.Equal("backup_failed", (await _harness.RefusedAsync()).Code);

        Assert.Equal(0L, StartupHarness.Sql(_harness.Directory.DatabaseFile, "SELECT count(*) FROM sqlite_master WHERE name = 'projects'"));
    }

    [Fact]
    public async Task A_migration_that_was_killed_does_not_keep_the_next_start_waiting()
    {
        await _harness.WithDataAsync();
        _harness.MakeOlder();
        _harness.Sql("INSERT INTO __EFMigrationsLock VALUES (1, '2026-01-01')");

        await _harness.StartAsync().WaitAsync(TimeSpan.FromSeconds(10));

        Assert.Equal(1L, StartupHarness.Sql(_harness.Directory.DatabaseFile, "SELECT count(*) FROM sqlite_master WHERE name = 'projects'"));
    }

    private string CopyInTheWay() => Path.Combine(
        _harness.Directory.Backups,
        $"autocoder-{_harness.Clock.GetUtcNow().ToString("yyyyMMdd-HHmmss", null)}-before-20261121000002_Projects.db");
}
