namespace SocialRegistry.Access;

/// <summary>Text that both databases can hold and compare: neither control characters (PostgreSQL refuses NUL) nor halves of surrogate pairs.</summary>
internal static class PlainText
{
    /// <param name="max">Most UTF-16 code units; at least one is needed.</param>
    public static bool Is(string text, int max)
    {
        if (text.Length == 0 || text.Length > max)
        {
            return false;
        }

        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsControl(text[i]) || char.IsLowSurrogate(text[i]))
            {
                return false;
            }

            if (char.IsHighSurrogate(text[i]) && (++i == text.Length || !char.IsLowSurrogate(text[i])))
            {
                return false;
            }
        }

        return true;
    }
}
