using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Autocoder.Core.Persistence.Migrations;

/// <summary>The list of projects.</summary>
[DbContext(typeof(AutocoderDbContext))]
[Migration("20261121000002_Projects")]
internal sealed class Projects : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql(
            """
            CREATE TABLE projects (
                Id TEXT NOT NULL PRIMARY KEY,
                Name TEXT NOT NULL,
                Folder TEXT NOT NULL,
                CreatedAt INTEGER NOT NULL,
                LastOpenedAt INTEGER NOT NULL,
                RemovedAt INTEGER NULL);
            CREATE UNIQUE INDEX one_project_a_name ON projects (Name COLLATE NOCASE) WHERE RemovedAt IS NULL;
            CREATE UNIQUE INDEX one_project_a_folder ON projects (Folder) WHERE RemovedAt IS NULL;
            """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("DROP TABLE projects;");
}
