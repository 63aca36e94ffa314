namespace Autocoder.Web.Presence;

/// <summary>Who wrote last into a conversation, seen from one page.</summary>
public enum Driver
{
    /// <summary>Nobody who is here now.</summary>
    Nobody,

    /// <summary>This page.</summary>
    You,

    /// <summary>Another page.</summary>
    OtherTab,
}
