namespace Autocoder.Core.Profiles;

/// <summary>A profile file cannot be used. The message is for the person who wrote it.</summary>
public sealed class ProfileException(string message, Exception? innerException = null) : Exception(message, innerException);
