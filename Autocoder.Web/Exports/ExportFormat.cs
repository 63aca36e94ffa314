namespace Autocoder.Web.Exports;

/// <summary>In which form a conversation is taken along.</summary>
public enum ExportFormat
{
    /// <summary>To read and to edit anywhere.</summary>
    Markdown,

    /// <summary>The events of the log, for programs.</summary>
    Json,

    /// <summary>One page that needs neither script nor network.</summary>
    Html,
}
