using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Autocoder.Core.Persistence.Conversations;

/// <summary>Projection: one row a prompt. Its key is the page's own id, so a repeat cannot get in twice.</summary>
internal sealed class PromptRow : IEntityTypeConfiguration<PromptRow>
{
    public Guid Id { get; set; }

    public Guid ConversationId { get; set; }

    public Guid? RunId { get; set; }

    public bool Withdrawn { get; set; }

    public DateTimeOffset AdmittedAt { get; set; }

    public void Configure(EntityTypeBuilder<PromptRow> builder)
    {
        builder.ToTable("prompts");
        builder.HasKey(row => row.Id);
        builder.Property(row => row.Id).ValueGeneratedNever();
    }
}
