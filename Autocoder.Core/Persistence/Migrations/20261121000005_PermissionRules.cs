using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Autocoder.Core.Persistence.Migrations;

[DbContext(typeof(AutocoderDbContext))]
[Migration("20261121000005_PermissionRules")]
internal sealed class AddPermissionRules : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            name: "permission_rules",
            columns: table => new
            {
                Id = table.Column<Guid>(type: "TEXT", nullable: false),
                ProjectId = table.Column<Guid>(type: "TEXT", nullable: false),
                Tool = table.Column<string>(type: "TEXT", nullable: false),
                Resource = table.Column<string>(type: "TEXT", nullable: false),
                Effect = table.Column<string>(type: "TEXT", nullable: false),
                SavedAt = table.Column<long>(type: "INTEGER", nullable: false),
                ConversationId = table.Column<Guid>(type: "TEXT", nullable: false),
            },
            constraints: table => table.PrimaryKey("PK_permission_rules", row => row.Id));

        migrationBuilder.CreateIndex(
            name: "IX_permission_rules_ProjectId_Tool_Resource_Effect",
            table: "permission_rules",
            columns: ["ProjectId", "Tool", "Resource", "Effect"],
            unique: true);
    }

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.DropTable("permission_rules");
}
