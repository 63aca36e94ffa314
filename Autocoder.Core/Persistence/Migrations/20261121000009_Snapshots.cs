using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Autocoder.Core.Persistence.Migrations;

/// <summary>Conversations folded up to an event, to load long ones quickly.</summary>
[DbContext(typeof(AutocoderDbContext))]
[Migration("20261121000009_Snapshots")]
internal sealed class Snapshots : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql(
            """
            CREATE TABLE snapshots (
                ConversationId TEXT NOT NULL PRIMARY KEY,
                Sequence INTEGER NOT NULL,
                Version TEXT NOT NULL,
                Payload TEXT NOT NULL);
            """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("DROP TABLE snapshots;");
}
