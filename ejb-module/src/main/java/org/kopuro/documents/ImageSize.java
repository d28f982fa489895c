package org.kopuro.documents;

/** How many pixels a picture may claim: whoever shows it needs four octets for each, however small the file is. */
final class ImageSize {

    static final int SIDE_MAX = 30_000;
    /** A sheet of A3 at 600 dots per inch has 70 million. */
    static final long PIXELS_MAX = 100_000_000;

    private ImageSize() {
    }

    static void check(long width, long height) {
        if (width < 1 || height < 1) {
            throw Inspection.damaged();
        }
        if (width > SIDE_MAX || height > SIDE_MAX || width * height > PIXELS_MAX) {
            throw Inspection.refusal(DocumentRefusal.DOCUMENT_IMAGE_TOO_LARGE, SIDE_MAX, PIXELS_MAX / 1_000_000);
        }
    }
}
