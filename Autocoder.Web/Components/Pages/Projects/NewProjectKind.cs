namespace Autocoder.Web.Components.Pages.Projects;

/// <summary>How a project comes into the list.</summary>
public enum NewProjectKind
{
    /// <summary>An idea: a new folder, or one with something in it already.</summary>
    New,

    /// <summary>A folder that is there.</summary>
    Existing,

    /// <summary>A place for the demo to play in.</summary>
    Demo,
}
