using System.Globalization;
using Autocoder.Core.Files;
using Microsoft.Data.Sqlite;

namespace Autocoder.Core.Persistence.Startup;

/// <summary>Copies the database before it is migrated, and keeps the newest copies.</summary>
internal sealed class DatabaseBackup(DataDirectory directory, TimeProvider clock)
{
    /// <summary>How many copies are kept.</summary>
    public const int Kept = 10;

    /// <summary>Makes a copy that is complete, checked, and safe on the disk, or none.</summary>
    /// <returns>The file of the copy.</returns>
    /// <exception cref="StorageException"><c>backup_failed</c>; the database was not changed.</exception>
    public string Create(string beforeMigration)
    {
        var time = clock.GetUtcNow().UtcDateTime.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture);
        var copy = Path.Combine(directory.Backups, $"autocoder-{time}-before-{beforeMigration}.db");
        var unfinished = copy + ".unfinished";
        try
        {
            Copy(unfinished);
            using (var check = DatabaseCheck.OpenReadOnly(unfinished))
            {
                if (!DatabaseCheck.IsSound(check))
                {
                    throw new IOException("The copy differs from what was written.");
                }
            }

            Flush(unfinished);
            File.Move(unfinished, copy, overwrite: true);
            DurableFile.FlushFolder(directory.Backups);
            DeleteOld();
            return copy;
        }
        catch (Exception exception) when (exception is SqliteException or IOException or UnauthorizedAccessException)
        {
            DeleteUnfinished(unfinished);
            throw new StorageException(
                "backup_failed",
                $"The database must be brought up to date, but it could not be copied to {directory.Backups} first: {exception.Message} "
                + "Nothing was changed. Free some space or make that folder writable, then start again.",
                exception);
        }
    }

    private void Copy(string to)
    {
        File.Delete(to);
        DataDirectory.CreateOwnerOnlyFile(to);
        using var source = DatabaseCheck.OpenReadOnly(directory.DatabaseFile);
        using var target = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = to, Pooling = false }.ToString());
        target.Open();
        source.BackupDatabase(target);

        // A copy of one file, without a log beside it, so that a person can move it about.
        DatabaseCheck.Scalar(target, "PRAGMA journal_mode = DELETE");
    }

    private static void Flush(string file)
    {
        using var handle = File.OpenHandle(file, FileMode.Open, FileAccess.ReadWrite);
        RandomAccess.FlushToDisk(handle);
    }

    // The names begin with the time, so their order is that of time.
    private void DeleteOld()
    {
        var old = Directory.GetFiles(directory.Backups, "autocoder-????????-??????-before-*.db").OrderDescending(StringComparer.Ordinal).Skip(Kept);
        foreach (var file in old)
        {
            File.Delete(file);
        }
    }

    private static void DeleteUnfinished(string file)
    {
        try
        {
            File.Delete(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The failure that brought us here is the one to tell.
        }
    }
}
