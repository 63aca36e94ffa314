using System.Globalization;
using Autocoder.Core.Files;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace Autocoder.Core.Persistence.Startup;

/// <summary>Makes the data directory and its database ready, or says in words why it cannot. Holds the directory's lock until disposed.</summary>
internal sealed partial class DatabaseStartup(
    Database database,
    DataDirectory directory,
    TimeProvider clock,
    ILogger<DatabaseStartup> logger) : IDisposable
{
    private DataDirectoryLock? _lock;

    /// <summary>Free bytes below which Autocoder does not start: enough to keep a long run and to shut down cleanly.</summary>
    internal long NeededSpace { get; init; } = 50 * 1024 * 1024;

    /// <summary>Creates what is missing, takes the lock, checks the database, backs it up when it will change, and migrates it.</summary>
    /// <exception cref="StorageException">
    /// It cannot be used. A database that is damaged, foreign or from a newer version is left byte for byte as it was.
    /// </exception>
    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        directory.Create();
        _lock ??= DataDirectoryLock.Acquire(directory);

        var check = new DatabaseCheck(directory);
        var applied = check.ReadAppliedMigrations();
        var known = Database.KnownMigrations();
        if (applied?.Except(known, StringComparer.Ordinal).LastOrDefault() is { } unknown)
        {
            throw new StorageException(
                "database_newer",
                $"The database {directory.DatabaseFile} was written by a newer version of Autocoder (it knows \"{unknown}\"). "
                + "Nothing was changed. Start that version, or choose another data directory with --Autocoder:DataDirectory=<folder>.");
        }

        var pending = known.Except(applied ?? [], StringComparer.Ordinal).ToList();
        var isChangedSchema = applied is { Count: > 0 } && pending.Count > 0;
        ThrowIfDiskIsFull(isChangedSchema);
        if (applied is null)
        {
            CreateDatabaseFile();
        }

        directory.MakeFilesPrivate();
        await database.WithWriterAsync(BeginWriting, cancellationToken).ConfigureAwait(false);
        if (isChangedSchema)
        {
            cancellationToken.ThrowIfCancellationRequested();
            LogBackedUp(new DatabaseBackup(directory, clock).Create(pending[0]), pending.Count);
        }

        if (pending.Count > 0)
        {
            await database.MigrateAsync(cancellationToken).ConfigureAwait(false);
        }

        await database.WithWriterAsync(AssertSafeSettings, cancellationToken).ConfigureAwait(false);
    }

    public void Dispose() => _lock?.Dispose();

    private void ThrowIfDiskIsFull(bool withCopy)
    {
        var needed = NeededSpace + (withCopy ? new FileInfo(directory.DatabaseFile).Length : 0);
        var free = new DriveInfo(directory.Root).AvailableFreeSpace;
        if (free < needed)
        {
            throw new StorageException(
                "disk_almost_full",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The disk that holds {directory.Root} has {free / 1024 / 1024} MB left, and Autocoder needs {needed / 1024 / 1024} MB to start. ")
                + "Nothing was changed. Free some space, then start again.");
        }
    }

    /// <summary>Makes a first page under another name, so that an empty file of the right name always means a loss.</summary>
    private void CreateDatabaseFile()
    {
        var unfinished = directory.DatabaseFile + ".new";
        try
        {
            File.Delete(unfinished);
            DataDirectory.CreateOwnerOnlyFile(unfinished);
            using (var connection = new SqliteConnection(
                new SqliteConnectionStringBuilder { DataSource = unfinished, Pooling = false }.ToString()))
            {
                connection.Open();
                DatabaseCheck.Scalar(connection, FormattableString.Invariant($"PRAGMA application_id = {DatabaseCheck.ApplicationId}"));
            }

            File.Move(unfinished, directory.DatabaseFile);
            DurableFile.FlushFolder(directory.Root);
        }
        catch (Exception exception) when (exception is SqliteException or IOException or UnauthorizedAccessException)
        {
            throw StorageException.TryTranslate(exception, directory) ?? DataDirectory.Unusable(directory.Root, exception);
        }
    }

    private static bool BeginWriting(SqliteConnection connection)
    {
        // SQLite opens a file it may not write as if all were well, and waits with the error for the first write.
        using var transaction = connection.BeginTransaction(deferred: false);
        if (DatabaseCheck.Scalar(connection, "SELECT 1 FROM sqlite_master WHERE name = '__EFMigrationsLock'") is not null)
        {
            // EF waits without end for this row to go, and a process killed while migrating leaves it. The lock of the
            // directory already says that nobody else migrates.
            DatabaseCheck.Scalar(connection, "DELETE FROM __EFMigrationsLock");
        }

        transaction.Commit();
        return true;
    }

    private bool AssertSafeSettings(SqliteConnection connection)
    {
        var journal = DatabaseCheck.Scalar(connection, "PRAGMA journal_mode");
        var synchronous = DatabaseCheck.Scalar(connection, "PRAGMA synchronous");
        var foreignKeys = DatabaseCheck.Scalar(connection, "PRAGMA foreign_keys");
        return journal is "wal" && synchronous is 2L && foreignKeys is 1L
            ? true
            : throw new StorageException(
                "database_settings",
                $"SQLite does not run safely in {directory.Root} (journal {journal}, synchronous {synchronous}, foreign keys {foreignKeys}). "
                + "This happens on network drives. Choose a data directory on a local disk with --Autocoder:DataDirectory=<folder>.");
    }

    [LoggerMessage(LogLevel.Information, "Copied the database to {File} before applying {Count} migrations.")]
    private partial void LogBackedUp(string file, int count);
}
