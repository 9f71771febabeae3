namespace SocialRegistry.Protection;

/// <summary>The keys above the data keys, active ones first.</summary>
internal sealed class RecordKeys
{
    private readonly Dictionary<string, BaseKey> byThumbprint;

    public RecordKeys(IReadOnlyList<BaseKey> baseKeys, IReadOnlyList<KeyEncryptionKey> keyEncryptionKeys)
    {
        BaseKeys = baseKeys;
        KeyEncryptionKeys = keyEncryptionKeys;
        byThumbprint = baseKeys.ToDictionary(key => Convert.ToHexString(key.Thumbprint.Span));
    }

    public IReadOnlyList<BaseKey> BaseKeys { get; }

    public IReadOnlyList<KeyEncryptionKey> KeyEncryptionKeys { get; }

    /// <summary>By thumbprint, not by date: heads of a retired key stay readable, as in a keymanager.</summary>
    public BaseKey? Find(ReadOnlySpan<byte> thumbprint) =>
        byThumbprint.GetValueOrDefault(Convert.ToHexString(thumbprint));
}
