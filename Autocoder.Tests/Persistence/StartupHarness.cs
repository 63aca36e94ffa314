using System.Security.Cryptography;
using Autocoder.Core.Persistence;
using Autocoder.Core.Persistence.Startup;
using Autocoder.Tests.TestSupport;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace Autocoder.Tests.Persistence;

/// <summary>A data directory that can be started, stopped, harmed and started again.</summary>
internal sealed class StartupHarness : IDisposable
{
    private readonly TemporaryFolder _temporary = new();

    public StartupHarness() => Directory = new DataDirectory(_temporary.At("data"));

    public DataDirectory Directory { get; }

    public ManualClock Clock { get; } = new();

    public string[] Backups => System.IO.Directory.Exists(Directory.Backups) ? System.IO.Directory.GetFiles(Directory.Backups) : [];

    /// <summary>Starts, lets the test look at the running database, and stops.</summary>
    public async Task StartAsync(Func<Database, Task>? whileRunning = null, long neededSpace = 0)
    {
        await using var database = new Database(Directory) { BusyTimeoutSeconds = 1 };
        using var startup = new DatabaseStartup(database, Directory, Clock, NullLogger<DatabaseStartup>.Instance) { NeededSpace = neededSpace };
        await startup.PrepareAsync(default);
        await (whileRunning?.Invoke(database) ?? Task.CompletedTask);
    }

    public async Task<StorageException> RefusedAsync(long neededSpace = 0) =>
        await Assert.ThrowsAsync<StorageException>(() => StartAsync(neededSpace: neededSpace));

    /// <summary>Starts once, adds a project whose name is looked for later, and stops.</summary>
    public async Task<StartupHarness> WithDataAsync()
    {
        await StartAsync();
        Sql("INSERT INTO projects VALUES ('id', 'kept', '/kept', 1, 1, NULL)");
        return this;
    }

    public void Sql(string sql) => Sql(Directory.DatabaseFile, sql);

    public static object? Sql(string file, string sql)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ToString());
        connection.Open();
        return DatabaseCheck.Scalar(connection, sql);
    }

    /// <summary>Makes the database one that an earlier version left behind, without the newest table.</summary>
    public void MakeOlder() =>
        Sql("DROP TABLE projects; DELETE FROM __EFMigrationsHistory WHERE MigrationId = '20261121000002_Projects'");

    public string Hash() => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(Directory.DatabaseFile)));

    public void Dispose() => _temporary.Dispose();
}
