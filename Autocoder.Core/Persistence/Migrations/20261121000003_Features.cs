using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Autocoder.Core.Persistence.Migrations;

[DbContext(typeof(AutocoderDbContext))]
[Migration("20261121000003_Features")]
internal sealed class AddFeatures : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            name: "features",
            columns: table => new
            {
                Id = table.Column<long>(type: "INTEGER", nullable: false).Annotation("Sqlite:Autoincrement", true),
                ProjectId = table.Column<Guid>(type: "TEXT", nullable: false),
                Number = table.Column<int>(type: "INTEGER", nullable: false),
                Priority = table.Column<int>(type: "INTEGER", nullable: false),
                Category = table.Column<string>(type: "TEXT", nullable: false),
                Name = table.Column<string>(type: "TEXT", nullable: false),
                Description = table.Column<string>(type: "TEXT", nullable: false),
                Steps = table.Column<string>(type: "TEXT", nullable: false),
                Passes = table.Column<bool>(type: "INTEGER", nullable: false),
                InProgress = table.Column<bool>(type: "INTEGER", nullable: false),
                Evidence = table.Column<string>(type: "TEXT", nullable: true),
                CreatedAt = table.Column<long>(type: "INTEGER", nullable: false),
                ChangedAt = table.Column<long>(type: "INTEGER", nullable: false),
                LastCheckedAt = table.Column<long>(type: "INTEGER", nullable: true),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_features", row => row.Id);
                table.UniqueConstraint("AK_features_ProjectId_Number", row => new { row.ProjectId, row.Number });
            });

        migrationBuilder.CreateTable(
            name: "feature_dependencies",
            columns: table => new
            {
                ProjectId = table.Column<Guid>(type: "TEXT", nullable: false),
                Number = table.Column<int>(type: "INTEGER", nullable: false),
                DependsOn = table.Column<int>(type: "INTEGER", nullable: false),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_feature_dependencies", row => new { row.ProjectId, row.Number, row.DependsOn });
                table.ForeignKey(
                    name: "FK_feature_dependencies_features_ProjectId_DependsOn",
                    columns: row => new { row.ProjectId, row.DependsOn },
                    principalTable: "features",
                    principalColumns: ["ProjectId", "Number"],
                    onDelete: ReferentialAction.Cascade);
                table.ForeignKey(
                    name: "FK_feature_dependencies_features_ProjectId_Number",
                    columns: row => new { row.ProjectId, row.Number },
                    principalTable: "features",
                    principalColumns: ["ProjectId", "Number"],
                    onDelete: ReferentialAction.Cascade);
            });

        migrationBuilder.CreateIndex(
            name: "IX_feature_dependencies_ProjectId_DependsOn",
            table: "feature_dependencies",
            columns: ["ProjectId", "DependsOn"]);
    }

    protected override void Down(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.DropTable("feature_dependencies");
        migrationBuilder.DropTable("features");
    }
}
