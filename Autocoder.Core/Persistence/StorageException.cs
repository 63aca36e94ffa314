using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Autocoder.Core.Persistence;

/// <summary>The data directory or the database cannot be used. The message is for the person: what happened and what to do.</summary>
public sealed class StorageException(string code, string message, Exception? innerException = null)
    : Exception(message, innerException)
{
    /// <summary>Stable, for example <c>database_full</c>.</summary>
    public string Code { get; } = code;

    /// <summary>Puts what SQLite says into words; null when it is not about the state of the file.</summary>
    internal static StorageException? TryTranslate(Exception exception, DataDirectory directory)
    {
        if (Find(exception) is not { } sqlite)
        {
            return null;
        }

        var file = directory.DatabaseFile;
        return sqlite.SqliteErrorCode switch
        {
            raw.SQLITE_BUSY or raw.SQLITE_LOCKED => new StorageException(
                "database_locked",
                $"Another program holds the database {file}. Nothing was changed. Close that program and try again.",
                exception),
            raw.SQLITE_READONLY or raw.SQLITE_CANTOPEN or raw.SQLITE_PERM => new StorageException(
                "database_read_only",
                $"The database {file} cannot be written. Nothing was changed. Make the file and its folder writable for you, then try again.",
                exception),
            raw.SQLITE_FULL => Full(directory, exception),
            raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB => new StorageException(
                "database_damaged",
                $"The database {file} is damaged; it was left as it is. Copies are in {directory.Backups}: "
                + "stop Autocoder, put the newest copy in its place, and start again.",
                exception),
            raw.SQLITE_IOERR => new StorageException(
                "database_io",
                $"The disk refused to read or write {file}. What was confirmed before is safe. Check the disk, then try again.",
                exception),

            // On a full disk SQLite may lose the transaction first and report only that there is none to roll back.
            _ when IsFull(directory) => Full(directory, exception),
            _ => null,
        };
    }

    private static StorageException Full(DataDirectory directory, Exception exception) => new(
        "database_full",
        $"The disk that holds {directory.Root} is full. The last change was not kept, everything before it is safe. "
        + "Free some space, then try again.",
        exception);

    private static bool IsFull(DataDirectory directory)
    {
        const long Little = 1024 * 1024;
        try
        {
            return new DriveInfo(directory.Root).AvailableFreeSpace < Little;
        }
        catch (Exception exception) when (exception is IOException or ArgumentException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static SqliteException? Find(Exception? exception)
    {
        for (; exception is not null; exception = exception.InnerException)
        {
            if (exception is SqliteException sqlite)
            {
                return sqlite;
            }
        }

        return null;
    }
}
