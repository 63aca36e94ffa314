using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Autocoder.Core.Persistence;

/// <summary>The one database. Each room's tables are configured beside their rows.</summary>
internal sealed class AutocoderDbContext(DbContextOptions<AutocoderDbContext> options) : DbContext(options)
{
    protected override void OnConfiguring(DbContextOptionsBuilder optionsBuilder) =>
        // Migrations are written by hand (the design-time package of EF Core 10 does not restore), so there is no snapshot
        // to compare with; a test compares the migrated database with the model instead.
        optionsBuilder.ConfigureWarnings(warnings => warnings.Ignore(RelationalEventId.PendingModelChangesWarning));

    protected override void OnModelCreating(ModelBuilder modelBuilder) =>
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(AutocoderDbContext).Assembly);

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        // Milliseconds since 1970 in UTC: SQLite can sort and compare them, which it cannot with EF's text form.
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UnixMillisecondsConverter>();
    }
}
