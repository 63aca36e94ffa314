using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Autocoder.Core.Persistence;

/// <summary>Reads and writes the one database file: many readers, exactly one writing connection.</summary>
/// <remarks>
/// The bundled SQLite 3.35.5 can corrupt a WAL when two connections write or checkpoint at once, so every write of the
/// process goes through one connection, one at a time. Readers are opened read-only and cannot get in its way.
/// </remarks>
internal sealed class Database(DataDirectory directory) : IAsyncDisposable
{
    private readonly SemaphoreSlim _writing = new(1, 1);
    private SqliteConnection? _writer;

    /// <summary>How long a lock of another program is waited for.</summary>
    internal int BusyTimeoutSeconds { get; init; } = 5;

    /// <summary>Runs one write transaction, alone. It is committed when <paramref name="work"/> returns, and undone when it throws.</summary>
    /// <exception cref="StorageException">The database could not be written: locked, read-only, full or damaged.</exception>
    public async Task<T> WriteAsync<T>(Func<AutocoderDbContext, CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await using var context = new AutocoderDbContext(OptionsFor(Writer(), QueryTrackingBehavior.TrackAll));
            await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
            var result = await work(context, cancellationToken).ConfigureAwait(false);
            await context.SaveChangesAsync(cancellationToken).ConfigureAwait(false);

            // Not cancellable: from here on nobody could tell a caller whether its change was kept.
            await transaction.CommitAsync(CancellationToken.None).ConfigureAwait(false);
            return result;
        }
        catch (Exception exception) when (StorageException.TryTranslate(exception, directory) is { } translated)
        {
            throw translated;
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <inheritdoc cref="WriteAsync{T}"/>
    public Task WriteAsync(Func<AutocoderDbContext, CancellationToken, Task> work, CancellationToken cancellationToken) =>
        WriteAsync(
            async (context, token) =>
            {
                await work(context, token).ConfigureAwait(false);
                return true;
            },
            cancellationToken);

    /// <summary>Reads from one consistent snapshot; rows are not tracked.</summary>
    /// <exception cref="StorageException">The database could not be read.</exception>
    public async Task<T> ReadAsync<T>(Func<AutocoderDbContext, CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = new SqliteConnection(ConnectionString(SqliteOpenMode.ReadOnly));
            await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
            await using var context = new AutocoderDbContext(OptionsFor(connection, QueryTrackingBehavior.NoTracking));
            await using var transaction = connection.BeginTransaction(deferred: true);
            await context.Database.UseTransactionAsync(transaction, cancellationToken).ConfigureAwait(false);
            return await work(context, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (StorageException.TryTranslate(exception, directory) is { } translated)
        {
            throw translated;
        }
    }

    /// <summary>Runs a command on the writing connection, outside any transaction: a backup, a checkpoint, a pragma.</summary>
    public async Task<T> WithWriterAsync<T>(Func<SqliteConnection, T> work, CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return work(Writer());
        }
        catch (Exception exception) when (StorageException.TryTranslate(exception, directory) is { } translated)
        {
            throw translated;
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>The ids of all migrations of this version, in their order.</summary>
    public static IReadOnlyList<string> KnownMigrations()
    {
        // Read from the assembly: this connection is never opened.
        using var connection = new SqliteConnection();
        using var context = new AutocoderDbContext(OptionsFor(connection, QueryTrackingBehavior.NoTracking));
        return [.. context.Database.GetMigrations()];
    }

    /// <summary>Applies the migrations that are missing.</summary>
    /// <exception cref="StorageException">The database could not be written; each migration is applied whole or not at all.</exception>
    public async Task MigrateAsync(CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await using var context = new AutocoderDbContext(OptionsFor(Writer(), QueryTrackingBehavior.TrackAll));
            await context.Database.MigrateAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (StorageException.TryTranslate(exception, directory) is { } translated)
        {
            throw translated;
        }
        finally
        {
            _writing.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_writer is not null)
        {
            await _writer.DisposeAsync().ConfigureAwait(false);
        }

        SqliteConnection.ClearAllPools();
        _writing.Dispose();
    }

    private SqliteConnection Writer()
    {
        if (_writer is not null)
        {
            return _writer;
        }

        var connection = new SqliteConnection(ConnectionString(SqliteOpenMode.ReadWriteCreate));
        try
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = """
                PRAGMA journal_mode = WAL;
                PRAGMA synchronous = FULL;
                PRAGMA foreign_keys = ON;
                PRAGMA trusted_schema = OFF;
                PRAGMA cell_size_check = ON;
                PRAGMA journal_size_limit = 67108864;
                """;
            command.ExecuteNonQuery();
        }
        catch
        {
            connection.Dispose();
            throw;
        }

        return _writer = connection;
    }

    private string ConnectionString(SqliteOpenMode mode) => new SqliteConnectionStringBuilder
    {
        DataSource = directory.DatabaseFile,
        Mode = mode,
        DefaultTimeout = BusyTimeoutSeconds,
        Pooling = mode is SqliteOpenMode.ReadOnly,
    }.ToString();

    private static DbContextOptions<AutocoderDbContext> OptionsFor(SqliteConnection connection, QueryTrackingBehavior tracking) =>
        new DbContextOptionsBuilder<AutocoderDbContext>()
            .UseSqlite(connection)
            .UseQueryTrackingBehavior(tracking)
            .Options;
}
