CREATE TABLE states (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
CREATE TABLE cities (id INTEGER PRIMARY KEY, state_id INTEGER NOT NULL REFERENCES states (id), name TEXT NOT NULL);
CREATE TABLE amenities (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
CREATE TABLE places (
    id INTEGER PRIMARY KEY,
    city_id INTEGER NOT NULL REFERENCES cities (id),
    name TEXT NOT NULL,
    description TEXT NOT NULL,
    max_guest INTEGER NOT NULL,
    number_rooms INTEGER NOT NULL,
    number_bathrooms INTEGER NOT NULL,
    price_by_night INTEGER NOT NULL
);
CREATE TABLE place_amenities (
    place_id INTEGER NOT NULL REFERENCES places (id),
    amenity_id INTEGER NOT NULL REFERENCES amenities (id),
    PRIMARY KEY (place_id, amenity_id)
);

INSERT INTO states VALUES (1, 'Arizona'), (2, 'California'), (3, 'Louisiana'), (4, 'Oregon');
INSERT INTO cities VALUES
    (1, 1, 'Page'), (2, 1, 'Tucson'), (3, 2, 'Napa'), (4, 2, 'San Francisco'), (5, 3, 'New Orleans'), (6, 4, 'Astoria');
INSERT INTO amenities VALUES
    (1, 'Cable TV'), (2, 'Dog allowed'), (3, 'Fireplace'), (4, 'Garden'), (5, 'Internet'), (6, 'Sauna');
INSERT INTO places VALUES
    (1, 1, 'Canyon hut', 'Red rock in front of the door, stars above it.', 2, 1, 1, 65),
    (2, 2, 'Adobe house', 'Thick walls that stay cool until evening.', 6, 3, 2, 140),
    (3, 3, 'Room in the vineyard', 'Wake up between the rows; breakfast is on the terrace.', 2, 1, 1, 190),
    (4, 4, 'Attic on the hill', 'Four flights of stairs, then the whole bay.', 3, 2, 1, 210),
    (5, 4, 'Boat at pier 40', 'It moves a little, always.', 4, 2, 1, 175),
    (6, 5, 'Balcony on a quiet street', 'Quiet for this city, at least.', 4, 2, 2, 120),
    (7, 6, 'Net loft', 'Where nets were dried; the river passes below.', 5, 2, 1, 95);
INSERT INTO place_amenities VALUES
    (1, 2), (1, 3), (2, 1), (2, 4), (2, 5), (3, 4), (3, 5), (3, 6), (4, 5), (5, 2), (5, 5), (6, 1), (6, 5), (7, 2),
    (7, 3), (7, 5);
