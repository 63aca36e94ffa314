using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Autocoder.Core.Persistence.Migrations;

[DbContext(typeof(AutocoderDbContext))]
[Migration("20261121000004_Specs")]
internal sealed class AddSpecs : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.CreateTable(
            name: "spec_versions",
            columns: table => new
            {
                ProjectId = table.Column<Guid>(type: "TEXT", nullable: false),
                Version = table.Column<int>(type: "INTEGER", nullable: false),
                Document = table.Column<string>(type: "TEXT", nullable: true),
                AppSpec = table.Column<string>(type: "TEXT", nullable: false),
                Hash = table.Column<string>(type: "TEXT", nullable: false),
                ApprovedAt = table.Column<long>(type: "INTEGER", nullable: false),
                ConversationId = table.Column<Guid>(type: "TEXT", nullable: true),
            },
            constraints: table => table.PrimaryKey("PK_spec_versions", row => new { row.ProjectId, row.Version }));

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.DropTable("spec_versions");
}
