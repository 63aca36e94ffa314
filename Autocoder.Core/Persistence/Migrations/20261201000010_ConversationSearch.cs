using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Autocoder.Core.Persistence.Migrations;

/// <summary>A full-text index over what was said, and two shelves for conversations. The projections are made anew to fill it.</summary>
[DbContext(typeof(AutocoderDbContext))]
[Migration("20261201000010_ConversationSearch")]
internal sealed class ConversationSearch : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql(
            """
            ALTER TABLE conversations ADD COLUMN IsPinned INTEGER NOT NULL DEFAULT 0;
            ALTER TABLE conversations ADD COLUMN IsArchived INTEGER NOT NULL DEFAULT 0;
            CREATE TABLE search_entries (
                Id INTEGER NOT NULL PRIMARY KEY,
                ConversationId TEXT NOT NULL,
                Sequence INTEGER NOT NULL,
                Key TEXT NOT NULL);
            CREATE INDEX search_entries_by_key ON search_entries (ConversationId, Key);
            CREATE VIRTUAL TABLE search_texts USING fts5(Text, tokenize = 'unicode61 remove_diacritics 2');
            """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        DROP TABLE search_texts;
        DROP TABLE search_entries;
        ALTER TABLE conversations DROP COLUMN IsPinned;
        ALTER TABLE conversations DROP COLUMN IsArchived;
        """);
}
