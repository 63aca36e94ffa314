using Autocoder.Core.Conversations;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Autocoder.Core.Persistence.Conversations;

/// <summary>Projection: one row a run. A unique index over the rows without an end keeps a conversation to one run at a time.</summary>
internal sealed class RunRow : IEntityTypeConfiguration<RunRow>
{
    public Guid Id { get; set; }

    public Guid ConversationId { get; set; }

    public Guid PromptId { get; set; }

    public string Profile { get; set; } = "";

    public int ProfileVersion { get; set; }

    public string Engine { get; set; } = "";

    public string? Model { get; set; }

    public RunOutcome? Outcome { get; set; }

    public string? Error { get; set; }

    public long Tokens { get; set; }

    public int ToolCalls { get; set; }

    public int FilesChanged { get; set; }

    public DateTimeOffset StartedAt { get; set; }

    public DateTimeOffset? EndedAt { get; set; }

    public void Configure(EntityTypeBuilder<RunRow> builder)
    {
        builder.ToTable("runs");
        builder.HasKey(row => row.Id);
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.Outcome).HasConversion<string>();
    }
}
