namespace Autocoder.Web.Endpoints.Conversations;

/// <summary>An uploaded file, by what the upload answered. Its type and size are read from its bytes again.</summary>
/// <param name="BlobHash">64 lower-case hexadecimal digits.</param>
/// <param name="Name">For display; cleaned.</param>
public sealed record AttachmentBody(string BlobHash, string Name);
