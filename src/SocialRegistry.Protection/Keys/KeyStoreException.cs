namespace SocialRegistry.Protection;

/// <summary>The keys cannot be used; the message tells the operator what to do and holds no key material.</summary>
public sealed class KeyStoreException(string message) : Exception(message);
