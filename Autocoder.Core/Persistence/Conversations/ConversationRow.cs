using Autocoder.Core.Conversations;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Autocoder.Core.Persistence.Conversations;

/// <summary>Projection: one row of a list of conversations, and the head of the log.</summary>
internal sealed class ConversationRow : IEntityTypeConfiguration<ConversationRow>
{
    public Guid Id { get; set; }

    public Guid ProjectId { get; set; }

    public Guid? ParentId { get; set; }

    public ConversationKind Surface { get; set; }

    public string Title { get; set; } = "";

    public string? Engine { get; set; }

    public int Epoch { get; set; } = LogCursor.FirstEpoch;

    public long HeadSequence { get; set; }

    public int Prompts { get; set; }

    public int OpenQuestions { get; set; }

    public RunOutcome? LastOutcome { get; set; }

    public Guid? ActiveRunId { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset UpdatedAt { get; set; }

    public bool IsPinned { get; set; }

    public bool IsArchived { get; set; }

    public DateTimeOffset? TrashedAt { get; set; }

    public DateTimeOffset? DeletedAt { get; set; }

    public void Configure(EntityTypeBuilder<ConversationRow> builder)
    {
        builder.ToTable("conversations");
        builder.HasKey(row => row.Id);
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.Surface).HasConversion<string>();
        builder.Property(row => row.LastOutcome).HasConversion<string>();
    }
}
