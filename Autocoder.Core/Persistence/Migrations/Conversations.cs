using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Autocoder.Core.Persistence.Migrations;

/// <summary>The log and its projections.</summary>
[DbContext(typeof(AutocoderDbContext))]
[Migration("20261121000001_Conversations")]
internal sealed class Conversations : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql(
            """
            CREATE TABLE conversations (
                Id TEXT NOT NULL PRIMARY KEY,
                ProjectId TEXT NOT NULL,
                ParentId TEXT NULL,
                Surface TEXT NOT NULL,
                Title TEXT NOT NULL,
                Engine TEXT NULL,
                Epoch INTEGER NOT NULL,
                HeadSequence INTEGER NOT NULL,
                Prompts INTEGER NOT NULL,
                OpenQuestions INTEGER NOT NULL,
                LastOutcome TEXT NULL,
                ActiveRunId TEXT NULL,
                CreatedAt INTEGER NOT NULL,
                UpdatedAt INTEGER NOT NULL,
                TrashedAt INTEGER NULL,
                DeletedAt INTEGER NULL);
            CREATE INDEX conversations_by_project ON conversations (ProjectId, Surface, UpdatedAt);

            CREATE TABLE events (
                ConversationId TEXT NOT NULL,
                Sequence INTEGER NOT NULL,
                EventId TEXT NOT NULL UNIQUE,
                RunId TEXT NULL,
                Kind TEXT NOT NULL,
                Version INTEGER NOT NULL,
                At INTEGER NOT NULL,
                Payload TEXT NOT NULL,
                PRIMARY KEY (ConversationId, Sequence)) WITHOUT ROWID;

            CREATE TABLE runs (
                Id TEXT NOT NULL PRIMARY KEY,
                ConversationId TEXT NOT NULL,
                PromptId TEXT NOT NULL,
                Profile TEXT NOT NULL,
                ProfileVersion INTEGER NOT NULL,
                Engine TEXT NOT NULL,
                Model TEXT NULL,
                Outcome TEXT NULL,
                Error TEXT NULL,
                Tokens INTEGER NOT NULL,
                ToolCalls INTEGER NOT NULL,
                FilesChanged INTEGER NOT NULL,
                StartedAt INTEGER NOT NULL,
                EndedAt INTEGER NULL);
            CREATE UNIQUE INDEX one_run_at_a_time ON runs (ConversationId) WHERE EndedAt IS NULL;

            CREATE TABLE prompts (
                Id TEXT NOT NULL PRIMARY KEY,
                ConversationId TEXT NOT NULL,
                RunId TEXT NULL,
                Withdrawn INTEGER NOT NULL,
                AdmittedAt INTEGER NOT NULL);
            CREATE INDEX prompts_by_conversation ON prompts (ConversationId);

            CREATE TABLE open_texts (
                Id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
                ConversationId TEXT NOT NULL,
                ItemId TEXT NOT NULL,
                Text TEXT NOT NULL);
            CREATE INDEX open_texts_by_item ON open_texts (ItemId);
            CREATE INDEX open_texts_by_conversation ON open_texts (ConversationId);
            """);
    }

    protected override void Down(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql("DROP TABLE open_texts; DROP TABLE prompts; DROP TABLE runs; DROP TABLE events; DROP TABLE conversations;");
}
