using Autocoder.Core.Files;
using Microsoft.Data.Sqlite;

namespace Autocoder.Core.Persistence.Startup;

/// <summary>Looks at the database file before anything writes to it. What is refused is left byte for byte as it is.</summary>
internal sealed class DatabaseCheck(DataDirectory directory)
{
    /// <summary>Marks a file as Autocoder's, in SQLite's own field for that: "ACOD".</summary>
    public const int ApplicationId = 0x41434F44;

    private string File => directory.DatabaseFile;

    /// <summary>Reads which migrations a healthy database has; null when there is no database yet.</summary>
    /// <exception cref="StorageException">Something is there that must not be used or replaced.</exception>
    public IReadOnlyList<string>? ReadAppliedMigrations()
    {
        try
        {
            if (!ExistsAndLooksRight())
            {
                return null;
            }

            using var connection = OpenReadOnly(File);
            ThrowIfDamaged(connection);
            return MigrationsIn(connection);
        }
        catch (Exception exception) when (StorageException.TryTranslate(exception, directory) is { } translated)
        {
            throw translated;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StorageException(
                "database_unreadable", $"The database {File} cannot be read: {exception.Message} Nothing was changed.", exception);
        }
    }

    /// <summary>Whether SQLite finds every page of a database sound.</summary>
    public static bool IsSound(SqliteConnection connection) => Scalar(connection, "PRAGMA quick_check(1)") is "ok";

    public static SqliteConnection OpenReadOnly(string file)
    {
        var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = file, Mode = SqliteOpenMode.ReadOnly, DefaultTimeout = 5, Pooling = false }.ToString());
        try
        {
            connection.Open();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public static object? Scalar(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Only constants of this folder are passed.
        command.CommandText = sql;
#pragma warning restore CA2100
        return command.ExecuteScalar();
    }

    private bool ExistsAndLooksRight()
    {
        var log = new FileInfo(File + "-wal");
        if (FileFacts.Of(RealPath.Resolve(File)) is not { } facts)
        {
            return log is { Exists: true, Length: > 0 } ? throw Gone(log) : false;
        }

        if (facts.Kind is not FileKind.File)
        {
            throw new StorageException(
                "database_not_a_file", $"{File} is not an ordinary file, so it cannot be the database. Move it away and start again.");
        }

        if (facts.Length == 0)
        {
            throw new StorageException(
                "database_empty",
                $"The database {File} has lost its content: the file is empty. It was left as it is. {Restore()}");
        }

        return HasSqliteHeader()
            ? true
            : throw new StorageException(
                "database_not_sqlite",
                $"{File} is not a database: it was overwritten or damaged. It was left as it is. {Restore()}");
    }

    private StorageException Gone(FileInfo log) => new(
        "database_missing",
        $"The database {File} is gone, but its log {log.Name} with the newest changes is still there. Put the database back beside it. "
        + $"Nothing was changed. {Restore()}");

    private string Restore() =>
        $"Copies are in {directory.Backups}: put the newest one in its place, or move the file away to begin with an empty database.";

    // The first bytes of every SQLite 3 file: "SQLite format 3" and a NUL.
    private bool HasSqliteHeader()
    {
        var start = new byte[16];
        using var stream = new FileStream(File, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        return stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) == start.Length
            && start.AsSpan().SequenceEqual("SQLite format 3\0"u8);
    }

    private void ThrowIfDamaged(SqliteConnection connection)
    {
        if (!IsSound(connection))
        {
            throw new StorageException(
                "database_damaged", $"The database {File} is damaged; it was left as it is. {Restore()}");
        }
    }

    private List<string> MigrationsIn(SqliteConnection connection)
    {
        var owner = (long)Scalar(connection, "PRAGMA application_id")!;
        var tables = (long)Scalar(connection, "SELECT count(*) FROM sqlite_master WHERE type = 'table'")!;
        var hasHistory = (long)Scalar(connection, "SELECT count(*) FROM sqlite_master WHERE name = '__EFMigrationsHistory'")! > 0;
        if (owner is not (0 or ApplicationId) || (tables > 0 && !hasHistory))
        {
            throw new StorageException(
                "database_foreign",
                $"{File} is a database of another program. It was left as it is. "
                + "Choose another data directory with --Autocoder:DataDirectory=<folder>.");
        }

        var applied = new List<string>();
        if (hasHistory)
        {
            using var command = connection.CreateCommand();
            command.CommandText = "SELECT MigrationId FROM __EFMigrationsHistory ORDER BY MigrationId";
            using var reader = command.ExecuteReader();
            while (reader.Read())
            {
                applied.Add(reader.GetString(0));
            }
        }

        return applied;
    }
}
