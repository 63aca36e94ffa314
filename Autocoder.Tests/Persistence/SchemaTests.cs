using Autocoder.Core.Persistence;
using Autocoder.Tests.TestSupport;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Autocoder.Tests.Persistence;

/// <summary>Migrations are written by hand, so a test compares what they make with what the model expects.</summary>
public sealed class SchemaTests
{
    [Fact]
    public async Task The_migrated_database_has_exactly_the_tables_and_columns_of_the_model()
    {
        await using var temp = await TempDatabase.CreateAsync();

        var (expected, actual) = await temp.Database.ReadAsync(
            async (context, token) => (ColumnsOfModel(context.Model), await ColumnsOfDatabaseAsync(context, token)), CancellationToken.None);

        Assert.Equal(expected, actual);
    }

    [Fact]
    public void The_bundled_sqlite_is_the_version_the_design_rests_on()
    {
        using var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();

        // When this fails because it is newer: read docs/decisions/0002, the pins and the single writer may go.
        Assert.Equal("3.35.5", connection.ServerVersion);
    }

    private static string[] ColumnsOfModel(IModel model) =>
    [
        .. (from entity in model.GetEntityTypes()
            let table = StoreObjectIdentifier.Table(entity.GetTableName()!)
            from property in entity.GetProperties()
            select $"{table.Name}.{property.GetColumnName(table)}").Order(StringComparer.Ordinal),
    ];

    private static async Task<string[]> ColumnsOfDatabaseAsync(AutocoderDbContext context, CancellationToken cancellationToken)
    {
        var columns = await context.Database.SqlQueryRaw<string>(
            """
            SELECT m.name || '.' || c.name AS Value
            FROM sqlite_master m, pragma_table_info(m.name) c
            WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' AND m.name NOT LIKE '__EF%'
              AND m.name NOT LIKE 'search_texts%' -- the full-text index, which EF does not know
            """).ToListAsync(cancellationToken);
        return [.. columns.Order(StringComparer.Ordinal)];
    }
}
